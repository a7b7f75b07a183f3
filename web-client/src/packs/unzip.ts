const END = 0x06054b50
const ENTRY = 0x02014b50
const END_SIZE = 22
const STORED = 0
const DEFLATED = 8

/** The files of a ZIP archive, by name, folders left out. Throws on what is no such archive. */
export async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const files = new Map<string, Uint8Array>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error('no entry where the directory has one')
    const length = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length))
    if (!name.endsWith('/')) files.set(name, await content(bytes, view, at))
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return files
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - END_SIZE; at >= 0; at -= 1) if (view.getUint32(at, true) === END) return at
  throw new Error('no directory')
}

async function content(bytes: Uint8Array<ArrayBuffer>, view: DataView, entry: number): Promise<Uint8Array> {
  const method = view.getUint16(entry + 10, true)
  const local = view.getUint32(entry + 42, true)
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const packed = bytes.subarray(start, start + view.getUint32(entry + 20, true))
  if (method === STORED) return packed
  if (method !== DEFLATED) throw new Error('compressed in another way')
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
