// The browser's calculation as a module of its own, made by the client's tools. Two folders: the client's, the made one's.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [client, folder] = process.argv.slice(2);
const { build } = await import(pathToFileURL(createRequire(join(client, "package.json")).resolve("vite")));
await build({
  root: client,
  configFile: false,
  logLevel: "silent",
  build: {
    target: "es2022",
    lib: { entry: [join(client, "src/formula/live.ts")], formats: ["es"] },
    outDir: folder,
    emptyOutDir: false,
  },
});
