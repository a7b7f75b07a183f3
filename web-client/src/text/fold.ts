/** Lower case without accents, so that « depot » finds « Dépôt ». */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
