// D2's renderer as a server: a JSON request a line on stdin, its JSON answer a line on stdout.
// Executed inside the sandbox by node; the folder with the renderer is its argument.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

// The optimizing compiler takes ten seconds for 22 MB and never pays for one diagram.
require("node:v8").setFlagsFromString("--liftoff-only");
const folder = process.argv[2];
const say = (answer) => fs.writeSync(1, JSON.stringify(answer) + "\n");
console.log = console.error; // Go prints through it, and stdout is for answers

// A function of its own for each: they declare names, such as setTimeout, that Go needs as they are.
const load = (name) => new Function(fs.readFileSync(path.join(folder, name), "utf8")).call(globalThis);
let hasElk = false;

async function answer({ call, elk, request }) {
  if (elk && !hasElk) {
    load("elk.js");
    load("setup.js");
    hasElk = true;
    await new Promise((done) => setTimeout(done, 0)); // until then it does not know its algorithms
  }
  const said = await globalThis.d2[call](JSON.stringify(request));
  if (!said) throw new Error("D2 broke down");
  const { data, error } = JSON.parse(said);
  if (error) return { error: error.message };
  return { data: call === "render" ? Buffer.from(data, "base64").toString() : data };
}

async function main() {
  load("wasm_exec.js");
  const go = new globalThis.Go();
  const made = await WebAssembly.instantiate(fs.readFileSync(path.join(folder, "d2.wasm")), go.importObject);
  go.run(made.instance);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    try {
      say(await answer(JSON.parse(line)));
    } catch (error) {
      say({ broken: String(error.message) });
    }
  }
  process.exit(0);
}

main();
