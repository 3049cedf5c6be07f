// Two entries: the site (index.html) and the explorer (explorer/index.html, served at /graphiql).
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.FERMATA_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": at("./src") } },
  server: { proxy: { "/graphql": backend, "/auth": backend } },
  build: {
    manifest: true,
    target: "es2023",
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      input: { site: at("./index.html"), explorer: at("./explorer/index.html") },
      // GraphiQL's files carry a directive for the React compiler, which we do not use.
      onLog: (level, log, handle) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["{src,explorer}/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    isolate: false,
    environmentOptions: { happyDOM: { url: "http://fermata.test/" } },
  },
});
