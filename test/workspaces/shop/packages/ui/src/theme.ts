export const theme = { accent: "#1f2a44", radius: 4 };
