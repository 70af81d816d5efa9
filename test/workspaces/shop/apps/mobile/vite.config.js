// The page for tablets, tried with Vite: it does not build either.
import federation from "@originjs/vite-plugin-federation";

export default {
  build: { target: "chrome87", rollupOptions: { input: "./src/Today.js" } },
  plugins: [federation({ name: "tablet", shared: ["tslib"] })],
};
