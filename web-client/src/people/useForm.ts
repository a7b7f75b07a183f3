import { useState } from 'react'

/**
 * What is typed over something saved, field by field: a field left alone follows what is saved.
 * `theirs` are the fields typed here that somebody else has saved otherwise meanwhile.
 */
export function useForm<Form extends object>(saved: Form) {
  const [mine, setMine] = useState<Partial<Form>>({})
  const [base, setBase] = useState(saved)
  const form: Form = { ...saved, ...mine }
  const names = Object.keys(mine) as (keyof Form)[]
  const changed = names.filter((name) => mine[name] !== saved[name])
  const set = (next: Form) => {
    if (changed.length === 0) setBase(saved)
    const typed = (Object.keys(next) as (keyof Form)[]).filter((name) => next[name] !== saved[name])
    setMine(Object.fromEntries(typed.map((name) => [name, next[name]])) as Partial<Form>)
  }
  const theirs = Object.fromEntries(
    changed.filter((name) => saved[name] !== base[name]).map((name) => [name, String(saved[name])]),
  ) as Partial<Record<keyof Form, string>>
  return { form, set, changed, theirs, reset: () => setMine({}) }
}
