const PATHS = {
  alert: 'M10 3L18 17H2zM10 8v4M10 14.5v.3',
  archive: 'M3 4h14v4H3zM4.5 8v8h11V8M8 11h4',
  arrowRight: 'M4 10h11M11 5.5L15.5 10 11 14.5',
  bell: 'M5 13.5V9a5 5 0 0110 0v4.5l1.5 1.5h-13zM8.5 17.2h3',
  bookmark: 'M5.5 3h9v14.5L10 13.5l-4.5 4z',
  calendar: 'M3 4.5h14v12.5H3zM3 8.5h14M6.5 2.5v3.5M13.5 2.5v3.5',
  check: 'M4 10.5l4 4 8-9',
  chevronFirst: 'M15 5l-5 5 5 5M9 5l-5 5 5 5',
  chevronLast: 'M5 5l5 5-5 5M11 5l5 5-5 5',
  chevronLeft: 'M12.5 5l-5 5 5 5',
  chevronDown: 'M5 7.5l5 5 5-5',
  chevronRight: 'M7.5 5l5 5-5 5',
  clock: 'M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 6v4.2l2.8 1.8',
  clip: 'M14.5 8.5l-5.3 5.3a2.5 2.5 0 01-3.5-3.5l6.4-6.4a3.7 3.7 0 015.2 5.2l-6.9 6.9a5 5 0 01-7-7l5.6-5.6',
  close: 'M5 5l10 10M15 5L5 15',
  compare: 'M6 7h10M13 4l3 3-3 3M14 13H4M7 10l-3 3 3 3',
  download: 'M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13',
  copy: 'M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z',
  eye: 'M1.5 10S4.5 4.5 10 4.5 18.5 10 18.5 10 15.5 15.5 10 15.5 1.5 10 1.5 10zM10 7.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  file: 'M5 2.5h6.5L15.5 6.5v11h-10.5zM11 2.5V7h4.5',
  fill: 'M3.5 3.5h13v13h-13zM6.5 10.2l2.4 2.4 4.6-5',
  house: 'M3 9.5L10 3.5l7 6M5 8.5v8.5h10V8.5M8.3 17v-5h3.4v5',
  info: 'M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 9v5M10 6.2v.3',
  inherited: 'M10 2.5v.2M10 6.2v.2M10 10v6.5M5.5 12.2l4.5 4.3 4.5-4.3',
  key: 'M12.5 3.5a4 4 0 100 8 4 4 0 000-8zM9.6 10.3L3 17M5 15l2 2M7.4 12.6l1.8 1.8',
  list: 'M7 5.5h10M7 10h10M7 14.5h10M3 5.5h.5M3 10h.5M3 14.5h.5',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9',
  logout: 'M8 3.5H3.5v13H8M7.5 10h9M13 6.5l3.5 3.5-3.5 3.5',
  message: 'M3 4h14v9.5H9.5L6 17v-3.5H3z',
  minus: 'M5 10h10',
  pencil: 'M3.5 16.5l.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2zM11.5 5.7l2.8 2.8',
  plus: 'M10 4v12M4 10h12',
  printer: 'M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 12h8v5H6z',
  refresh: 'M16 6.5A7 7 0 103.5 12M16.5 2.5v4.2h-4.2',
  sortDown: 'M10 4v12M5.5 11.5L10 16l4.5-4.5',
  sortUp: 'M10 16V4M5.5 8.5L10 4l4.5 4.5',
  tag: 'M3 3h7l7 7-7 7-7-7zM6.5 6.5h.2',
  columns: 'M3 4h14v12H3zM7.7 4v12M12.3 4v12',
  search: 'M9 3a6 6 0 100 12A6 6 0 009 3zM13.5 13.5L17.5 17.5',
  send: 'M3 10l14-7-5 14-3-6zM9 11l8-8',
  shield: 'M10 2.5l6.5 2.5v5c0 4-3 6.5-6.5 7.5C6.5 16.5 3.5 14 3.5 10V5z',
  settings: 'M3 5.5h8M15 5.5h2M3 10h2M9 10h8M3 14.5h8M15 14.5h2M13 3.8v3.4M7 8.3v3.4M13 12.8v3.4',
  trash: 'M3.5 5.5h13M8 5.5V3h4v2.5M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5',
  userPlus: 'M8 3a3.3 3.3 0 100 6.6A3.3 3.3 0 008 3zM2 17c0-3.4 2.4-5 6-5 1.6 0 3 .3 4 1M15.5 11.5v5M13 14h5',
  upload: 'M10 13V4M6 7.5l4-4 4 4M3.5 16.5h13',
} as const

export type IconName = keyof typeof PATHS

/** A drawing that says nothing of its own: the text beside it does. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
