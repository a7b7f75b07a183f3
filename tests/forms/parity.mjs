// Computes cases with the browser's own code: the client's runtime, built by the client's own tools,
// over the modules that the server writes. Reads one JSON file, prints one JSON array of outcomes.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [file, client] = process.argv.slice(2);
const { build } = await import(pathToFileURL(createRequire(join(client, "package.json")).resolve("vite")));
const folder = await mkdtemp(`${file}.built-`);
await build({
  root: client,
  configFile: false,
  logLevel: "silent",
  build: {
    lib: { entry: ["program", "calculation"].map((name) => join(client, `src/formula/${name}.ts`)), formats: ["es"] },
    outDir: folder,
    emptyOutDir: false,
  },
});
const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)));
const [{ loadProgram }, { Calculation }] = await Promise.all([load("program"), load("calculation")]);
const BLANK = { cells: {}, forced: {}, rows: {}, previous: {} };

const outcome = (program, calculation, { data }) => ({
  cells: Object.fromEntries(Object.keys(program.outputs).map((cell) => [cell, calculation.value(cell)])),
  automatic: Object.fromEntries(
    Object.keys(data.forced)
      .filter((cell) => calculation.automatic(cell) !== undefined)
      .map((cell) => [cell, calculation.automatic(cell)]),
  ),
  rows: Object.fromEntries(
    program.rows.map(({ tab }) => {
      const table = calculation.table(tab);
      return [tab, table.keys().map((key) => table.outputs(key))];
    }),
  ),
  failing: calculation.failing().map(({ check, severity, gap }) => [check, severity, gap]),
});

// The same values, typed one by one over a dossier that already held the others.
const typed = (program, { kind, data }, other) => {
  const calculation = new Calculation(program, kind, { ...BLANK, ...other, previous: data.previous });
  for (const cell of Object.keys({ ...other.cells, ...data.cells })) calculation.type(cell, data.cells[cell] ?? null);
  for (const cell of Object.keys({ ...other.forced, ...data.forced })) calculation.force(cell, data.forced[cell] ?? null);
  for (const { tab } of program.rows) {
    const table = calculation.table(tab);
    for (const key of table.keys()) table.remove(key);
    for (const { key, values } of data.rows[tab] ?? []) {
      table.type(key, "?", null);
      for (const [column, text] of Object.entries(values)) table.type(key, column, text);
    }
  }
  calculation.run();
  return calculation;
};

const outcomes = [];
for (const { script, cases } of JSON.parse(await readFile(file, "utf8"))) {
  const program = await loadProgram(pathToFileURL(script).href);
  let before = BLANK;
  for (const one of cases) {
    const whole = outcome(program, new Calculation(program, one.kind, one.data), one);
    const stepwise = outcome(program, typed(program, one, before), one);
    outcomes.push({ ...whole, same: JSON.stringify(whole) === JSON.stringify(stepwise) });
    before = one.data;
  }
}
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify(outcomes));
