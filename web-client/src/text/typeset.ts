/** Keeps « N-1 » on one line in a label of the forms; the server has set the rest as print would. */
export function typeset(text: string): string {
  return text.replace(/\bN-(?=\d)/g, 'N\u2011')
}
