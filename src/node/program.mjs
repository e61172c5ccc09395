#!/usr/bin/env node
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openChunks } from './chunks.mjs'

// In the bundle's folder, once for each of its programs: cli.js runs cli.cjs and the chunks that it asks for.
const own = fileURLToPath(import.meta.url)
openChunks(dirname(own)).load(`${basename(own, '.js')}.cjs`)
