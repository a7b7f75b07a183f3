/** Sets a label of the forms as print would: curved apostrophes, and « N-1 » kept on one line. */
export function typeset(text: string): string {
  return text.replaceAll("'", '’').replace(/\bN-(?=\d)/g, 'N\u2011')
}
