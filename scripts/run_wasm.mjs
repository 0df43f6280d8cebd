// SPDX-License-Identifier: BSL-1.0
// Runs a WebAssembly program with this folder and its arguments: node run_wasm.mjs PROGRAM ARGUMENT...
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [, , program, ...rest] = process.argv;
const wasi = new WASI({
    version: 'preview1', args: [program, ...rest], env: {}, preopens: { '.': '.' }, returnOnExit: true,
});
const module = await WebAssembly.compile(await readFile(program));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
