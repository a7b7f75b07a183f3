/** The rules of the manual (§11.2.2), each with whether a password keeps it. */
const RULES: readonly { readonly label: string; readonly holds: (password: string) => boolean }[] = [
  { label: 'Au moins huit caractères', holds: (password) => [...password].length >= 8 },
  { label: 'Au moins une majuscule', holds: (password) => /\p{Lu}/u.test(password) },
  { label: 'Au moins un chiffre', holds: (password) => /\p{Nd}/u.test(password) },
  { label: 'Au moins un caractère spécial', holds: (password) => /[^\p{L}\p{N}\s]/u.test(password) },
]

export function checkPassword(password: string): { label: string; holds: boolean }[] {
  return RULES.map(({ label, holds }) => ({ label, holds: holds(password) }))
}

export function isStrong(password: string): boolean {
  return RULES.every(({ holds }) => holds(password))
}
