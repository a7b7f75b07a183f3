// Types and trusted documents from the schema and src/graphql/*.graphql. A script over
// @graphql-codegen/core, because @graphql-codegen/cli brings dependencies that Node 20 refuses.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codegen } from '@graphql-codegen/core'
import { preset } from '@graphql-codegen/client-preset'
import { Kind, buildASTSchema, parse, visit } from 'graphql'

const root = fileURLToPath(new URL('..', import.meta.url))
const documentsFolder = join(root, 'src/graphql')
const output = `${join(root, 'src/gen')}/`

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

async function readDocuments() {
  const names = (await readdir(documentsFolder)).filter((name) => name.endsWith('.graphql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const location = join(documentsFolder, name)
      const rawSDL = await readFile(location, 'utf8')
      return { location, rawSDL, document: withTypenames(parse(rawSDL)) }
    }),
  )
}

// The cache needs __typename; trusted documents must hold it too, for the server runs its own copy.
// Not at the root: nobody asks it there, and a sign-in may hold nothing but the sign-in.
const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

function withTypenames(document) {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      if (parent.kind === Kind.OPERATION_DEFINITION) return undefined
      return { ...node, selections: [typename, ...node.selections] }
    },
  })
}

async function generate() {
  const schema = parse(await readFile(join(root, '../gql/schema.graphql'), 'utf8'))
  const documents = await readDocuments()
  const files = await preset.buildGeneratesSection({
    baseOutputDir: output,
    schema,
    schemaAst: buildASTSchema(schema),
    documents,
    documentTransforms: [],
    plugins: [],
    pluginMap: {},
    presetConfig: {
      fragmentMasking: false,
      persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: sha256 },
    },
    config: {
      useTypeImports: true,
      immutableTypes: true,
      enumType: 'string-literal',
      scalars: { ID: 'string', DateTime: 'string', Date: 'string', JSON: 'unknown' },
    },
  })
  const wanted = files.filter(({ filename }) => /(graphql\.ts|persisted-documents\.json)$/.test(filename))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  const texts = new Map()
  for (const file of wanted) texts.set(file.filename, await codegen(file))
  const types = join(output, 'graphql.ts')
  for (const [name, text] of split(texts.get(types), documents)) texts.set(join(output, name), text)
  await Promise.all([...texts].map(([name, text]) => writeFile(name, text)))
}

/**
 * The documents of each source apart, behind the one door that the types are read from: in one module, all of
 * them would be fetched with the first screen.
 */
function split(text, documents) {
  const homes = new Map()
  for (const { location, document } of documents) {
    for (const { kind, name } of document.definitions) {
      if (kind === Kind.OPERATION_DEFINITION) homes.set(`${name.value}Document`, basename(location, '.graphql'))
    }
  }
  const modules = new Map()
  const rest = text.split('\n').filter((line) => {
    const home = homes.get(/^export const (\w+)/.exec(line)?.[1])
    if (home) modules.set(home, [...(modules.get(home) ?? []), line])
    // A fragment stands whole in each document that spreads it; the types name no document.
    return !home && !/^(export const \w+FragmentDoc|import .*DocumentNode)\b/.test(line)
  })
  const doors = [...modules.keys()].map((home) => `export * from './documents-${home}'`)
  const head = `import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core'\n`
  return [
    ...[...modules].map(([home, lines]) => [`documents-${home}.ts`, head + namesIn(lines) + lines.join('\n') + '\n']),
    ['graphql.ts', [...rest, ...doors, ''].join('\n')],
  ]
}

/** The types that documents name. */
function namesIn(lines) {
  const names = lines.flatMap((line) => /DocumentNode<(\w+), (\w+)>/.exec(line)?.slice(1) ?? [])
  return `import type { ${[...new Set(names)].join(', ')} } from './graphql'\n`
}

await generate()
