import { useRef, useState } from 'react'
import { useQuery } from 'urql'
import { AskSupportDocument, type AssistanceQuery, OwnCardDocument, type SupportTheme } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { useSession } from '../session/session'
import { LeaveGuard } from '../shell/LeaveGuard'
import { encodeBase64 } from '../text/base64'
import { FILE_CHANGED, readFile } from '../text/readFile'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { SelectField, TextArea, TextField } from '../ui/Field'
import { FileField } from '../ui/FileField'
import { ProblemAlert } from '../ui/Problem'
import { useFocusAfter } from '../ui/useFocusAfter'
import { lastScreen } from './lastScreen'

const THEMES: Readonly<Record<SupportTheme, string>> = {
  ACCESS: 'Connexion et mot de passe',
  ENTRY: 'Saisie et chargement d’un dossier',
  CHECKS: 'Contrôles et anomalies',
  TRANSMISSION: 'Étapes et transmission',
  EXCHANGE: 'Espace d’échange et pièces jointes',
  RIGHTS: 'Droits, conventions et accès',
  PRINTS: 'Impressions et exports',
  OTHER: 'Autre question',
}
const MOST_BYTES = 5_000_000
const TOO_LARGE = 'La pièce jointe dépasse 5\u00a0Mo\u00a0: réduisez-la ou décrivez le problème sans elle.'

interface Props {
  readonly hotlines: AssistanceQuery['hotlines']
  readonly account: string | null
}

/** A question to the hotline, with what is joined to it (manual §5.5); what is known is filled in already. */
export function QuestionSection({ hotlines, account }: Props) {
  const [{ data, fetching }] = useQuery({ query: OwnCardDocument, variables: { id: account ?? '' }, pause: !account })
  const [edition, setEdition] = useState(0)
  const [isSent, setSent] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const leaving = useFocusAfter(heading)
  return (
    <section className="support-card" aria-labelledby="question">
      <h2 id="question" ref={heading} tabIndex={-1}>
        Poser une question
      </h2>
      <Reached hotlines={hotlines} />
      {isSent && (
        <Alert tone="good" onClose={() => setSent(false)}>
          <p>Un mail a été envoyé au support. La réponse viendra à l’adresse que vous avez donnée.</p>
        </Alert>
      )}
      {!fetching && (
        <div key={edition} ref={leaving}>
          <QuestionForm
            hotlines={hotlines}
            email={data?.account.email ?? ''}
            phone={data?.account.phone ?? ''}
            onSent={() => {
              setSent(true)
              setEdition((count) => count + 1)
            }}
          />
        </div>
      )}
    </section>
  )
}

/** How each hotline is reached otherwise (manual §12.2). */
function Reached({ hotlines }: { hotlines: AssistanceQuery['hotlines'] }) {
  const reached = hotlines.filter(({ phone, email }) => phone || email)
  if (reached.length === 0) return null
  return (
    <ul className="support-reached">
      {reached.map(({ code, name, phone, email }) => (
        <li key={code}>
          {name}&nbsp;: {[phone, email].filter(Boolean).join(' · ')}
        </li>
      ))}
    </ul>
  )
}

interface FormProps {
  readonly hotlines: AssistanceQuery['hotlines']
  readonly email: string
  readonly phone: string
  readonly onSent: () => void
}

function QuestionForm({ hotlines, onSent, ...known }: FormProps) {
  const { viewer } = useSession()
  const { send, busy, problem } = useOnce()
  const [fields, setFields] = useState({
    platform: hotlines[0]?.code ?? '',
    name: viewer?.name ?? '',
    email: known.email,
    phone: known.phone,
    theme: 'ENTRY' as SupportTheme,
    question: '',
  })
  const [screen, setScreen] = useState(lastScreen)
  const [file, setFile] = useState<File>()
  const [missing, setMissing] = useState<string>()
  const [unfit, setUnfit] = useState<string>()
  const box = useRef<HTMLTextAreaElement>(null)
  const set = (name: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields((before) => ({ ...before, [name]: event.target.value }))
  const ask = async () => {
    if (!fields.question.trim()) {
      setMissing('Vous n’avez pas posé de question.')
      return box.current?.focus()
    }
    setMissing(undefined)
    const joined = file && (await readFile(file))
    setUnfit(file && !joined ? FILE_CHANGED.message : undefined)
    if (file && !joined) return undefined
    const content = joined ? encodeBase64(joined) : ''
    const question = { ...fields, fileName: file?.name ?? '', file: content, path: screen?.path ?? '' }
    const done = await send(AskSupportDocument, { question })
    if (done) onSent()
    return undefined
  }
  const choose = ([chosen]: readonly File[]) => {
    const isTooLarge = chosen !== undefined && chosen.size > MOST_BYTES
    setUnfit(isTooLarge ? TOO_LARGE : undefined)
    setFile(isTooLarge ? undefined : chosen)
  }
  return (
    <form
      className="support-form"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <LeaveGuard count={fields.question.trim() ? 1 : 0} />
      <ProblemAlert problem={problem?.code === 'QUESTION_MISSING' ? undefined : problem} />
      <div className="support-pair">
        <TextField label="Nom" required maxLength={170} value={fields.name} onChange={set('name')} />
        <TextField label="Adresse électronique" type="email" required value={fields.email} onChange={set('email')} />
      </div>
      <div className="support-pair">
        <TextField label="Téléphone" type="tel" maxLength={30} value={fields.phone} onChange={set('phone')} />
        {hotlines.length > 1 && (
          <SelectField label="Plateforme" value={fields.platform} onChange={set('platform')}>
            {hotlines.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <SelectField label="Thème" value={fields.theme} onChange={set('theme')}>
        {Object.entries(THEMES).map(([theme, label]) => (
          <option key={theme} value={theme}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextArea
        ref={box}
        label="Votre question"
        hint="N’y recopiez pas de mot de passe."
        rows={6}
        maxLength={5000}
        error={missing ?? (problem?.code === 'QUESTION_MISSING' ? problem.message : undefined)}
        value={fields.question}
        onChange={set('question')}
      />
      {screen && (
        <p>
          Écran concerné&nbsp;: <strong>{screen.title.replace(/ – Harmonia$/, '')}</strong>
          <Button look="quiet" onClick={() => setScreen(undefined)}>
            Ne pas le joindre
          </Button>
        </p>
      )}
      <FileField
        label="Joindre une copie d’écran ou un fichier"
        hint="Facultatif, 5&nbsp;Mo au plus"
        accept=""
        error={unfit}
        fileName={file?.name}
        onFiles={choose}
      />
      <Button look="primary" type="submit" icon="send" busy={busy} disabled={!fields.platform}>
        Envoyer le mail
      </Button>
    </form>
  )
}
