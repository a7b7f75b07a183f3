import { act } from 'react'
import { expect, it, vi } from 'vitest'
import { TextArea } from '../src/ui/Field'
import { FormDialog } from '../src/ui/FormDialog'
import { rendered } from './rendered'

const press = (label: string) =>
  act(() => [...document.querySelectorAll('button')].findLast(({ textContent }) => textContent === label)!.click())

function write(text: string) {
  const area = document.querySelector('textarea')!
  area.value = text
  act(() => area.dispatchEvent(new Event('input', { bubbles: true })))
}

function open() {
  const onClose = vi.fn<() => void>()
  rendered(
    <FormDialog title="Écrire" action="Envoyer" onSend={vi.fn<() => void>()} onClose={onClose}>
      <TextArea label="Texte" />
    </FormDialog>,
  )
  return onClose
}

it('a window in which nothing was typed closes without a word', () => {
  const onClose = open()
  write('Un mot')
  write(' ')
  press('Annuler')
  expect(onClose).toHaveBeenCalledOnce()
})

it('a window in which something was typed asks before it closes', () => {
  const onClose = open()
  write('Un mot')
  act(() => document.querySelector('dialog')!.dispatchEvent(new Event('cancel', { cancelable: true })))
  expect(onClose).not.toHaveBeenCalled()
  press('Rester')
  expect(document.querySelectorAll('dialog')).toHaveLength(1)
  expect(document.querySelector('textarea')!.value).toBe('Un mot')
  press('Annuler')
  press('Abandonner ce texte')
  expect(onClose).toHaveBeenCalledOnce()
})
