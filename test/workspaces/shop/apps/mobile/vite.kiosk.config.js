import { federation } from "@module-federation/vite";

export default {
  build: {
    target: "esnext",
    rollupOptions: {
      input: "./src/Today.js",
      output: { manualChunks: { dates: ["date-fns"] } },
    },
  },
  resolve: { alias: { tslib: "/src/helpers.js" } },
  plugins: [federation({ name: "kiosk", shared: { tslib: {} }, dts: false })],
};
