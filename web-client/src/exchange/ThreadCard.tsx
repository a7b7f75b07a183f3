import { type RefCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ReplyToThreadDocument, SetThreadDueDocument, SettleThreadDocument, type Nature } from '../gen/graphql'
import { formatDay, today } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { TextArea, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Segmented } from '../ui/Segmented'
import { useFocusAfter } from '../ui/useFocusAfter'
import { isKept, useKeptText } from './keptText'
import { MessageItem } from './MessageItem'
import { placeOf } from './place'
import { type Send, useSend } from './useSend'
import type { Seen, Thread } from './useThreads'
import { AUDIENCES, NATURES, STATES } from './words'

interface Props {
  readonly dossier: string
  readonly thread: Thread
  readonly canWrite: boolean
  readonly seen: Seen
}

/** A conversation: where it is, who reads it, its messages, and what may be done with it. */
export function ThreadCard({ dossier, thread, canWrite, seen }: Props) {
  const { id, anchor, label, level, messages, unread, state } = thread
  const { send: sendOne, busy, problem } = useSend()
  // Refused and not disabled meanwhile: a button that is disabled loses the focus.
  const send: Send = busy ? async () => undefined : sendOne
  const title = useRef<HTMLHeadingElement>(null)
  const leaving = useFocusAfter(title)
  const element = useRef<HTMLElement>(null)
  const [open, setOpen] = useState<'reply' | 'due' | undefined>(isKept(dossier, `reply.${id}`) ? 'reply' : undefined)
  const { see } = seen
  useEffect(() => {
    if (unread === 0 || !element.current) return undefined
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) see(id)
    })
    watcher.observe(element.current)
    return () => watcher.disconnect()
  }, [id, unread, see])
  const isPublished = messages.some(({ publishedAt }) => publishedAt)
  const canReply = canWrite && state === 'OPEN'
  return (
    <article className={`thread stack thread-${state.toLowerCase()}`} ref={element} aria-label={`Échange, ${label}`}>
      <header className="row">
        <h3 className="message-text" ref={title} tabIndex={-1}>
          {level === 'DOSSIER' ? (
            label
          ) : (
            <Link href={placeOf(dossier, thread)}>
              <span className="tab-code">{anchor}</span> {label}
            </Link>
          )}
        </h3>
        <Badges thread={thread} isNew={seen.wasUnread(thread)} isPublished={isPublished} />
      </header>
      <ol className="stack">
        {messages.map((message) => (
          <MessageItem key={message.id} {...{ dossier, thread, message, canWrite, busy, send, leaving }} />
        ))}
      </ol>
      <ProblemAlert problem={problem} />
      {open === 'reply' && canReply && (
        <Reply {...{ dossier, thread, busy, send, leaving }} onClose={() => setOpen(undefined)} />
      )}
      {open === 'due' && <Due {...{ thread, busy, send, leaving }} onClose={() => setOpen(undefined)} />}
      {!open && isPublished && (canReply || thread.canSettle) && (
        <p className="row">
          {canReply && (
            <Button look="quiet" onClick={() => setOpen('reply')}>
              Répondre
            </Button>
          )}
          {thread.canSettle && <Settling {...{ thread, busy, send, leaving }} onDue={() => setOpen('due')} />}
        </p>
      )}
    </article>
  )
}

function Badges({ thread, isNew, isPublished }: { thread: Thread; isNew: boolean; isPublished: boolean }) {
  const { state, audience, dueOn, openedAt, settledAt, carried, organization } = thread
  const isLate = state === 'OPEN' && Boolean(dueOn && dueOn < today())
  return (
    <p className="row">
      {isNew && <Badge tone="bad">Nouveau</Badge>}
      {state !== 'OPEN' && (
        <Badge tone={state === 'CLOSED' ? 'good' : 'neutral'} icon={state === 'CLOSED' ? 'check' : 'minus'}>
          {STATES[state]} le {formatDay(settledAt)}
        </Badge>
      )}
      {dueOn && state === 'OPEN' && (
        <Badge tone={isLate ? 'bad' : 'warn'} icon="clock">
          {isLate ? 'Attendu depuis le' : 'Attendu le'} {formatDay(dueOn)}
        </Badge>
      )}
      {audience !== 'ALL' && (
        <Badge icon="eye">{audience === 'OWN' ? `Réservé à ${organization}` : AUDIENCES[audience]}</Badge>
      )}
      {carried && <Badge>Reporté de l’an dernier</Badge>}
      {isPublished ? (
        <span className="muted">ouvert le {formatDay(openedAt)}</span>
      ) : (
        <Badge tone="info">Non publié</Badge>
      )}
    </p>
  )
}

interface ToolProps {
  readonly thread: Thread
  readonly busy: boolean
  readonly send: Send
  /** Marks what leaves the card, for the focus to go to its title. */
  readonly leaving: RefCallback<HTMLElement>
}

function Settling({ thread: { id, state }, busy, send, leaving, onDue }: ToolProps & { onDue: () => void }) {
  const settle = (next: Thread['state']) => void send(SettleThreadDocument, { thread: id, state: next })
  if (state !== 'OPEN') {
    return (
      <Button ref={leaving} look="quiet" aria-disabled={busy} onClick={() => settle('OPEN')}>
        Rouvrir
      </Button>
    )
  }
  return (
    <>
      <Button ref={leaving} look="quiet" aria-disabled={busy} onClick={() => settle('CLOSED')}>
        Clore
      </Button>
      <Button ref={leaving} look="quiet" aria-disabled={busy} onClick={() => settle('OBSOLETE')}>
        Rendre obsolète
      </Button>
      <Button look="quiet" onClick={onDue}>
        Échéance
      </Button>
    </>
  )
}

function Reply({
  dossier,
  thread,
  busy,
  send,
  leaving,
  onClose,
}: ToolProps & { dossier: string; onClose: () => void }) {
  const [text, setText] = useKeptText(dossier, `reply.${thread.id}`)
  const [nature, setNature] = useState<Nature>('COMMENT')
  const close = () => {
    setText('')
    onClose()
  }
  const save = async () => {
    if (await send(ReplyToThreadDocument, { thread: thread.id, nature, text: text.trim() })) close()
  }
  return (
    <div className="stack" ref={leaving}>
      <TextArea
        label="Votre réponse"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- its button has just been pressed, and is gone
        autoFocus
        maxLength={5000}
        readOnly={busy}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Segmented label="Type de message" options={NATURES} value={nature} onChange={setNature} />
      <p className="row">
        <Button look="primary" busy={busy} disabled={!text.trim()} onClick={() => void save()}>
          Enregistrer la réponse
        </Button>
        <Button onClick={close}>Annuler</Button>
      </p>
    </div>
  )
}

function Due({ thread, busy, send, leaving, onClose }: ToolProps & { onClose: () => void }) {
  const [day, setDay] = useState(thread.dueOn ?? '')
  const save = async () => {
    if (await send(SetThreadDueDocument, { thread: thread.id, dueOn: day || null })) onClose()
  }
  return (
    <div className="stack" ref={leaving}>
      <TextField
        label="Réponse attendue le"
        hint="Vide&nbsp;: sans échéance."
        type="date"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- its button has just been pressed, and is gone
        autoFocus
        readOnly={busy}
        value={day}
        onChange={({ target }) => setDay(target.value)}
      />
      <p className="row">
        <Button look="primary" busy={busy} onClick={() => void save()}>
          Enregistrer l’échéance
        </Button>
        <Button onClick={onClose}>Annuler</Button>
      </p>
    </div>
  )
}
