const BLOCK = 0x8000

/** The bytes in base64, block by block: a call with a million arguments overflows the stack. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += BLOCK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + BLOCK))
  }
  return btoa(binary)
}
