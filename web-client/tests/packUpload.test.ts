import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { guessTab, readImport } from '../src/dossier/dialogs/readImport'
import { readUpload } from '../src/packs/readUpload'
import { unzip } from '../src/packs/unzip'
import { groupChanges, groupFindings, revisionName, revisionNumber } from '../src/packs/words'
import { encodeBase64 } from '../src/text/base64'

const HEADER = '# commentaire\n@formulaire ER | 2024 | 1 | Titre | Libellé\n'
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A ZIP archive as any tool makes one: local headers, the central directory, its end. */
function zip(entries: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  for (const [path, text] of Object.entries(entries)) {
    const name = bytesOf(path)
    // The deflated bytes of a gzip file, without its head of ten bytes and its foot of eight.
    const packed = new Uint8Array(gzipSync(text)).slice(10, -8)
    const head = new DataView(new ArrayBuffer(30))
    head.setUint32(0, 0x04034b50, true)
    head.setUint16(26, name.length, true)
    const entry = new DataView(new ArrayBuffer(46))
    entry.setUint32(0, 0x02014b50, true)
    entry.setUint16(10, 8, true)
    entry.setUint32(20, packed.length, true)
    entry.setUint16(28, name.length, true)
    entry.setUint32(42, at, true)
    locals.push(new Uint8Array(head.buffer), name, packed)
    central.push(new Uint8Array(entry.buffer), name)
    at += 30 + name.length + packed.length
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(10, Object.keys(entries).length, true)
  end.setUint32(16, at, true)
  return new Uint8Array(Buffer.concat([...locals, ...central, new Uint8Array(end.buffer)]))
}

describe('the files of a form, chosen to be sent in', () => {
  it('are taken by name, cases under tests/, and tell which form they are', async () => {
    const files = [new File([HEADER], 'pack.txt'), new File(['{}'], 'cas.json')]
    expect(await readUpload(files)).toEqual({
      content: {
        files: [
          { name: 'pack.txt', text: HEADER },
          { name: 'tests/cas.json', text: '{}' },
        ],
      },
      form: 'ER',
      year: 2024,
    })
  })

  it('come out of an archive, whatever folder they lie in and whatever was slipped in', async () => {
    const archive = zip({ 'ER/': '', 'ER/pack.txt': HEADER, 'ER/tests/cas.json': '{}', '__MACOSX/._pack.txt': 'x' })
    expect([...(await unzip(archive)).keys()]).toEqual(['ER/pack.txt', 'ER/tests/cas.json', '__MACOSX/._pack.txt'])
    const read = await readUpload([new File([archive], 'ER-2024-1.zip')])
    expect(read).toMatchObject({ form: 'ER', content: { files: [{ name: 'pack.txt', text: HEADER }, {}] } })
  })

  it('are sent as they are when they are a workbook', async () => {
    const read = await readUpload([new File([bytesOf('PK…')], 'ER.xlsx')])
    expect(read).toEqual({ content: { sheet: encodeBase64(bytesOf('PK…')) } })
  })

  it.each([
    ['PACK_FILES_MIXED', [new File(['x'], 'pack.txt'), new File(['x'], 'ER.xlsx')]],
    ['PACK_ARCHIVE_UNREADABLE', [new File(['nothing of the kind'], 'ER.zip')]],
    ['PACK_ENCODING', [new File([new Uint8Array([0xe9, 0x20])], 'pack.txt')]],
    ['PACK_TOO_LARGE', [new File([new Uint8Array(5_000_001)], 'pack.txt')]],
    ['PACK_FILES_MISSING', []],
  ])('are refused with %s before anything is sent', async (code, files) => {
    expect(await readUpload(files)).toMatchObject({ problem: { code } })
  })
})

describe('what a review says', () => {
  const fault = { __typename: 'PackFinding', severity: 'FAULT', code: 'C', file: 'a.txt', line: 3, column: 1 } as const
  const advice = { ...fault, severity: 'ADVICE', line: 1, message: 'conseil' } as const

  it('counts as one the faults that one formula makes, and puts them before advice', () => {
    const groups = groupFindings([advice, { ...fault, message: 'un' }, { ...fault, message: 'deux' }])
    expect(groups.map(({ finding, more }) => [finding.message, more])).toEqual([
      ['un', 1],
      ['conseil', 0],
    ])
  })

  it('gathers changes by what they are about, cells first', () => {
    const change = { __typename: 'PackChange', place: 'A1', before: 'x', after: 'y', breaking: false } as const
    const groups = groupChanges([
      { ...change, aspect: 'HELP' },
      { ...change, aspect: 'CELL' },
    ])
    expect(groups.map(({ title }) => title)).toEqual(['Cellules', 'Aides'])
  })

  it('names revisions', () => {
    expect(revisionName('ER/2024/2')).toBe('ER 2024, révision 2')
    expect([revisionNumber('ER/2024/2'), revisionNumber(null)]).toEqual([2, null])
  })
})

describe('a file to load into a dossier', () => {
  it('is known by its name', async () => {
    expect(await readImport(new File(['<x/>'], 'er.XML'))).toEqual({ name: 'er.XML', kind: 'xml', content: '<x/>' })
    expect(await readImport(new File(['a'], 'er.csv'))).toMatchObject({ kind: 'csv', content: 'YQ==' })
    expect(await readImport(new File([new Uint8Array(5_000_001)], 'er.xlsx'))).toMatchObject({ kind: 'xlsx' })
  })

  it.each([
    ['FILE_KIND', new File(['x'], 'er.pdf')],
    ['FILE_TOO_LARGE', new File([new Uint8Array(5_000_001)], 'er.xml')],
    ['FILE_TOO_LARGE', new File([new Uint8Array(10_000_001)], 'er.xlsx')],
    ['XML_ENCODING', new File([new Uint8Array([0xe9])], 'er.xml')],
  ])('is refused with %s before anything is sent', async (code, file) => {
    expect(await readImport(file)).toMatchObject({ code })
  })

  it('that was written to since it was chosen is to be chosen again', async () => {
    const file = new File(['a'], 'er.csv')
    file.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'))
    expect(await readImport(file)).toMatchObject({ code: 'FILE_CHANGED' })
  })

  it('of a dynamic tab says which: by its name, else the one on screen, else the first', () => {
    expect(guessTab('er_2024_732829320_f02.csv', ['F01', 'F02'], 'F01')).toBe('F02')
    expect(guessTab('lignes.csv', ['F01', 'F02'], 'F02')).toBe('F02')
    expect(guessTab('lignes.csv', ['F01', 'F02'], 'A1')).toBe('F01')
  })

  it('is told in base64 whatever its length', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256)
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  })
})
