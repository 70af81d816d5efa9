import { federation } from "@module-federation/vite";
import { defineConfig } from "vite";
import { dependencies } from "./package.json";

export default defineConfig({
  esbuild: { jsx: "automatic" },
  build: { target: "chrome89", minify: false },
  plugins: [
    federation({
      name: "checkout",
      filename: "remoteEntry.js",
      exposes: { "./Basket": "./src/Basket.tsx" },
      shared: {
        react: { singleton: true, requiredVersion: dependencies.react },
        "react-dom": { singleton: true, requiredVersion: dependencies["react-dom"] },
      },
      dts: false,
    }),
  ],
});
