import type { AnnouncementFieldsFragment } from '../gen/graphql'
import { formatDay } from '../text/dates'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import './news.css'

type Told = Pick<AnnouncementFieldsFragment, 'title' | 'text' | 'platformName' | 'at'>

/** A message of a platform, whole (manual §5.4). */
export function AnnouncementDialog({ announcement, onClose }: { announcement: Told; onClose: () => void }) {
  const { title, text, platformName, at } = announcement
  return (
    <Dialog
      title={title}
      size="m"
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-autofocus>
          Fermer
        </Button>
      }
    >
      <div className="news-text">
        <p>{text}</p>
      </div>
      <p className="muted">
        {platformName}, le {formatDay(at)}
      </p>
    </Dialog>
  )
}
