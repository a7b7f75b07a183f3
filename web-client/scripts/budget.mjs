// What every visitor downloads before the first screen must stay small, or the build fails.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const LIMITS = { js: 110_000, css: 12_000 }

const weigh = async (path) => gzipSync(await readFile(dist + path), { level: 9 }).length
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

const page = await readFile(`${dist}index.html`, 'utf8')
const named = (end) =>
  [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path).filter((path) => path.endsWith(end))
const weights = {
  js: sum(await Promise.all(named('.js').map(weigh))),
  css: sum(await Promise.all(named('.css').map(weigh))),
}

if (/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/.test(page))
  throw new Error('index.html holds an inline script or style')
for (const [kind, limit] of Object.entries(LIMITS)) {
  process.stdout.write(`${kind}: ${weights[kind]} bytes gzipped, ${limit} allowed\n`)
  if (weights[kind] > limit) process.exitCode = 1
}
