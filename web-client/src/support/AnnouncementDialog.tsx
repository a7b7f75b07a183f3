import type { AnnouncementFieldsFragment } from '../gen/graphql'
import { formatDay } from '../text/dates'
import { NoticeDialog } from '../ui/NoticeDialog'
import './news.css'

type Told = Pick<AnnouncementFieldsFragment, 'title' | 'text' | 'platformName' | 'at'>

/** A message of a platform, whole (manual §5.4). */
export function AnnouncementDialog({ announcement, onClose }: { announcement: Told; onClose: () => void }) {
  const { title, text, platformName, at } = announcement
  return (
    <NoticeDialog title={title} size="m" onClose={onClose}>
      <div className="news-text">
        <p>{text}</p>
      </div>
      <p className="muted">
        {platformName}, le {formatDay(at)}
      </p>
    </NoticeDialog>
  )
}
