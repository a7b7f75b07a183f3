import { useState } from 'react'
import { type AssistanceQuery, PublishAnnouncementDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { today } from '../text/dates'
import { TextArea, TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'

interface Props {
  readonly platform: AssistanceQuery['hotlines'][number]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** A message to write: in the banner, or on the dossiers of one form, on the days said. */
export function NewAnnouncementDialog({ platform, onClose, onDone }: Props) {
  const { send, busy, problem } = useOnce()
  const [fields, setFields] = useState({ title: '', text: '', form: '', since: today(), until: '' })
  const set = (name: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields((before) => ({ ...before, [name]: event.target.value }))
  const publish = async () => {
    const { title, text, since } = fields
    const announcement = {
      platform: platform.code,
      form: fields.form.trim().toUpperCase() || null,
      title,
      text,
      since,
      until: fields.until || null,
    }
    const done = await send(PublishAnnouncementDocument, { announcement })
    if (done) onDone()
  }
  return (
    <FormDialog
      title={`Nouveau message – ${platform.name}`}
      size="m"
      action="Publier le message"
      busy={busy}
      ready={fields.title.trim() !== '' && fields.text.trim() !== '' && fields.since !== ''}
      onSend={() => void publish()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <TextField
        label="Titre"
        hint="C’est le lien que chacun voit"
        required
        maxLength={120}
        data-autofocus
        value={fields.title}
        onChange={set('title')}
      />
      <TextArea label="Message" required rows={6} maxLength={5000} value={fields.text} onChange={set('text')} />
      <TextField
        label="Formulaire"
        hint="Vide : dans le bandeau de tous les écrans. Sinon, par exemple ER : sur ces dossiers seulement"
        maxLength={16}
        value={fields.form}
        onChange={set('form')}
      />
      <TextField label="Premier jour" type="date" required value={fields.since} onChange={set('since')} />
      <TextField
        label="Dernier jour"
        hint="Vide : sans fin"
        type="date"
        min={fields.since}
        value={fields.until}
        onChange={set('until')}
      />
    </FormDialog>
  )
}
