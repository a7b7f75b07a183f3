import { act } from 'react'
import { expect, it, vi } from 'vitest'
import { AddAttachments } from '../src/attachments/AddAttachments'
import { FileField } from '../src/ui/FileField'
import { TextField } from '../src/ui/Field'
import { rendered } from './rendered'

const REPORT = new File(['x'], 'rapport.pdf')

function choose(files: readonly File[]) {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!
  Object.defineProperty(input, 'files', { value: files, configurable: true })
  act(() => input.dispatchEvent(new Event('change', { bubbles: true })))
}

it('the error of a field is said, and tied to it', () => {
  const { find } = rendered(<TextField label="Nom" error="Donnez un nom." />)
  expect(find('[role=alert]').textContent).toContain('Donnez un nom.')
  expect(find('input').getAttribute('aria-describedby')).toBe(find('[role=alert]').id)
})

const field = (error?: string) => (
  <FileField label="Joindre" hint="5 Mo" accept="" error={error} onFiles={vi.fn<() => void>()} />
)

it('so is that of a file, whose field stays the same', () => {
  const { find, show } = rendered(field())
  const input = find('input')
  show(field('Trop lourd.'))
  expect(find('input')).toBe(input)
  expect(input.getAttribute('aria-invalid')).toBe('true')
  expect(input.getAttribute('aria-describedby')).toContain(find('[role=alert]').id)
})

it('files chosen before their type are kept, and added once it is chosen', () => {
  const onAdd = vi.fn<(files: readonly File[], piece: string) => void>()
  const { find } = rendered(<AddAttachments pieces={[]} limit={1} onAdd={onAdd} />)
  choose([REPORT])
  expect(onAdd).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(find('select'))
  expect(find('[role=alert]').textContent).toContain('Choisissez d’abord le type de pièce.')
  const select = find('select') as HTMLSelectElement
  act(() => {
    select.value = ''
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  act(() => find('button').click())
  expect(onAdd).toHaveBeenCalledWith([REPORT], '')
})
