// Bundles every page of src into one HTML file without any reference to other files: node build.mjs [OUT]
import { build } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
await mkdir(out, { recursive: true });
for (const page of ["labelling", "report"]) {
  const made = join(out, `.${page}`);
  await build({
    root: join(here, "src", page),
    configFile: false,
    logLevel: "warn",
    plugins: [viteSingleFile()],
    build: { outDir: made, emptyOutDir: true, target: "es2022", assetsInlineLimit: Number.MAX_SAFE_INTEGER },
  });
  await rename(join(made, "index.html"), join(out, `${page}.html`));
  await rm(made, { recursive: true });
}
