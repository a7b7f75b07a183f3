// Types and trusted documents from the schema and src/graphql/*.graphql. A script over
// @graphql-codegen/core, because @graphql-codegen/cli brings dependencies that Node 20 refuses.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  await Promise.all(wanted.map(async (file) => writeFile(file.filename, await codegen(file))))
}

await generate()
