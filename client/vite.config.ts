import { defineConfig } from "vitest/config";

const server = process.env["ISEGORIA_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/",
  build: {
    outDir: "../server/isegoria/static",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0, // the page's policy allows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      onwarn: (warning) => {
        throw new Error(`A warning is an error: ${warning.message}`);
      },
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
