import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What the lock may tell of a package: what it is and what it needs, and nothing of where it comes from. */
const TOLD = new Set(
  [
    'name version license integrity bin workspaces engines os cpu libc funding dev optional devOptional inBundle',
    'dependencies devDependencies optionalDependencies peerDependencies peerDependenciesMeta',
  ].flatMap((line) => line.split(' ')),
)

test('the lock says what to install, with hashes, and from no place in particular', () => {
  const lock = readFileSync('package-lock.json', 'utf8')
  const { packages } = JSON.parse(lock) as { packages: Record<string, Record<string, unknown>> }
  const told = new Set(Object.values(packages).flatMap((one) => Object.keys(one)))
  expect([...told].filter((key) => !TOLD.has(key))).toEqual([])
  expect(lock).toContain('"integrity"')
})

test('every dependency is pinned', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  )
  expect(loose).toEqual([])
})
