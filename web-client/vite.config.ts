import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// `npm run dev` beside a server: it must believe that the page is its own.
const target = process.env.HARMONIA_URL ?? 'http://localhost:8000'
const proxy = Object.fromEntries(
  [
    '/graphql',
    '/packs',
    '/exports/',
    '/attachments/',
    '^/dossiers\\.',
    '^/dossiers/[^/]+/(export\\.|tabs/|attachments\\.)',
  ].map((path) => [path, { target, headers: { origin: target } }]),
)

export default defineConfig({
  plugins: [
    {
      // The server reads beside the page the documents that the page was built with.
      name: 'trusted-documents',
      apply: 'build',
      closeBundle: () => copyFile(file('src/gen/persisted-documents.json'), file('dist/documents.json')),
    },
  ],
  build: {
    target: 'es2022',
    // An inlined file is a data: address, which `default-src 'self'` refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy },
  preview: { proxy },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'] },
})
