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
const BLANK = { cells: {}, forced: {}, rows: {}, previous: {}, groups: {} };

const keysOf = (data, code) => data.groups[code] ?? [];
// The names of a group's instances, or of the dossier's own sheet.
const named = (name, keys) => keys.map((key) => (key ? name.replace(/^[^.]+/, (tab) => `${tab}[${key}]`) : name));
const sheets = (program, data) => [
  [program, [""]],
  ...program.groups.map(({ code, sheet }) => [sheet, keysOf(data, code)]),
];
const namesOf = (program, data, list) =>
  sheets(program, data).flatMap(([sheet, keys]) => list(sheet).flatMap((name) => named(name, keys)));
const tablesOf = (program, data) => namesOf(program, data, (sheet) => sheet.rows.map(({ tab }) => tab));

const outcome = (program, calculation, { data }) => ({
  cells: Object.fromEntries(
    namesOf(program, data, (sheet) => Object.keys(sheet.outputs)).map((cell) => [cell, calculation.value(cell)]),
  ),
  automatic: Object.fromEntries(
    Object.keys(data.forced)
      .filter((cell) => calculation.automatic(cell) !== undefined)
      .map((cell) => [cell, calculation.automatic(cell)]),
  ),
  rows: Object.fromEntries(
    tablesOf(program, data).map((tab) => {
      const rows = calculation.table(tab).keys();
      return [tab, rows.map((key) => calculation.rowOutputs(tab, key))];
    }),
  ),
  hidden: [...calculation.hidden()].toSorted(),
  failing: calculation.failing().map(({ check, severity, gap, instance }) => [check, severity, gap, instance]),
});

// The same values, typed one by one over a dossier that already held the others.
const typed = (program, { kind, data }, other) => {
  const start = { ...BLANK, ...other, previous: data.previous, groups: data.groups };
  const calculation = new Calculation(program, kind, start);
  for (const name of ["cells", "forced"]) {
    const cells = Object.keys({ ...other[name], ...data[name] });
    for (const cell of cells) calculation.type(cell, data[name][cell] ?? null);
  }
  for (const tab of tablesOf(program, data)) {
    const table = calculation.table(tab);
    for (const key of table.keys()) table.remove(key);
    for (const { key, values } of data.rows[tab] ?? []) {
      calculation.type(`${tab}[${key}].C`, null);
      for (const [column, text] of Object.entries(values)) calculation.type(`${tab}[${key}].${column}`, text);
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
