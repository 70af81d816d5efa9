export const open = async () => (await import("./Today")).today();
