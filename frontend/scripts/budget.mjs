// Fails the build when the first load of the site passes its budget of gzipped JavaScript (see ui.md: 250 kB).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 250_000;
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

const files = new Set();
function collect(key) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next);
}
// The entry, and the page that most people open: the board with what lies over it.
for (const key of ["index.html", "src/app/tasks-layout.tsx", "src/app/overlays.tsx"]) collect(key);

let total = 0;
for (const file of files) total += gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
console.log(`first load: ${(total / 1000).toFixed(1)} kB of JavaScript gzipped, of ${budget / 1000} kB allowed`);
if (total > budget) {
  console.error("over the budget: load a page lazily, or leave a dependency out");
  process.exit(1);
}
