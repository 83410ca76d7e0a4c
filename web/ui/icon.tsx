/** Icons drawn for Préau on a grid of 24, in strokes of 1.75 with round ends. */
const drawings = {
  home: 'M3.5 11.5 12 4.5l8.5 7M6 10.5V19h12v-8.5M12 19v-4.5',
  news: 'M5 9.5v5h2.5L17 19V5L7.5 9.5zM8 15l1 4.5h2.5L10.5 15.9M20 10v4',
  people:
    'M9 11a3.25 3.25 0 1 0 0-6.5A3.25 3.25 0 0 0 9 11M3 19.5c.3-3.4 2.6-5.5 6-5.5s5.7 2.1 6 5.5M16 5a3 3 0 0 1 0 5.8M17.5 14.3c2 .7 3.3 2.5 3.5 5.2',
  person: 'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5M4.5 20c.4-3.7 3.3-6 7.5-6s7.1 2.3 7.5 6',
  back: 'M19 12H5.5M11 6l-6 6 6 6',
  next: 'M9.5 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  work: 'M5.5 3.5h10l3 3v14h-13zM9 9h6M9 12.5h6M9 16h4',
  check: 'M5 12.5 10 17.5 19.5 7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20 20',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5.5M12 7.7v.1',
  warning: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1',
  urgent: 'M12 4v10.5M12 19v.1',
  pin: 'M9 4h6l-.8 6.5 3.3 3.5h-11l3.3-3.5zM12 14v6.5',
  pen: 'M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5',
  eye: 'M2.5 12C4.8 7.8 8 5.7 12 5.7s7.2 2.1 9.5 6.3c-2.3 4.2-5.5 6.3-9.5 6.3S4.8 16.2 2.5 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  hidden:
    'M4 4l16 16M9.8 6c.7-.2 1.4-.3 2.2-.3 4 0 7.2 2.1 9.5 6.3-.8 1.5-1.7 2.7-2.8 3.7M6.5 7.4C5 8.5 3.6 10 2.5 12c2.3 4.2 5.5 6.3 9.5 6.3 1.7 0 3.3-.4 4.7-1.2M9.9 9.9a3 3 0 0 0 4.2 4.2',
  offline:
    'M4 4l16 16M3 9.5c1.3-1.2 2.9-2.1 4.6-2.6M21 9.5c-2.4-2.2-5.6-3.2-8.8-3M6.3 13.3c.9-.8 2-1.4 3.2-1.7M12 18.5v.1M9.3 16.1c.7-.6 1.7-1 2.7-1 .5 0 1 .1 1.5.3',
  device: 'M7.5 3.5h9v17h-9zM11 17.5h2',
  computer: 'M5.5 5h13v10h-13zM3 19h18M10 15v.1',
  key: 'M8 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 11.5h9M18 11.5v3.5',
  leave: 'M10 4.5H5v15h5M15 8l4.5 4-4.5 4M9.5 12h10',
  send: 'M4 12 20 4.5 15.5 20 11.5 13.5zM11.5 13.5 20 4.5',
  bell: 'M6 16.5c1-1.2 1.5-2.7 1.5-6a4.5 4.5 0 0 1 9 0c0 3.3.5 4.8 1.5 6zM10 19.5c.5.7 1.2 1 2 1s1.5-.3 2-1',
  undo: 'M8 5 4 9l4 4M4.5 9H14a5 5 0 0 1 0 10h-4',
  print: 'M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7z',
  download: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19.5h14',
  pause: 'M9 5.5v13M15 5.5v13',
  plus: 'M12 5v14M5 12h14',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2',
  more: 'M6 12v.1M12 12v.1M18 12v.1',
  bold: 'M7.5 5h5.25a3.25 3.25 0 0 1 0 6.5H7.5zM7.5 11.5h6a3.75 3.75 0 0 1 0 7.5h-6z',
  bullets: 'M9.5 6.5H20M9.5 12H20M9.5 17.5H20M5 6.5v.1M5 12v.1M5 17.5v.1',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  folder: 'M3.5 6.5v12h17v-9.5h-8.5l-2-2.5z',
  file: 'M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5H18.5',
  clip: 'M19.5 11.5l-7.8 7.8a4.6 4.6 0 0 1-6.5-6.5l8.3-8.3a3.1 3.1 0 0 1 4.4 4.4l-8.1 8.1a1.5 1.5 0 0 1-2.2-2.2l7-7',
  camera: 'M3.5 7.5h4l1.5-2.5h6l1.5 2.5h4v11.5h-17zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7',
  image: 'M3.5 5h17v14h-17zM3.5 16l5-5 4 4 3-3 5 4.5M16 9v.1',
  sound: 'M5 10v4M9 7v10M13 9v6M17 6v12M20.5 10.5v3',
  film: 'M3.5 6.5h12v11h-12zM15.5 10.5l5-3v9l-5-3',
  trash: 'M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5l1 13.5h9l1-13.5M10.5 10.5v6M13.5 10.5v6',
  wait: 'M7 4h10M7 20h10M8 4c0 4.5 3.5 5.5 4 8-.5 2.5-4 3.5-4 8M16 4c0 4.5-3.5 5.5-4 8 .5 2.5 4 3.5 4 8',
  safe: 'M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6zM9 12l2.2 2.2L15.2 10',
  move: 'M3.5 6.5v12h17v-9.5h-8.5l-2-2.5zM8.5 14h7M13 11.5l2.5 2.5-2.5 2.5',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  upload: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M5 19.5h14',
} as const

export type IconName = keyof typeof drawings

/** An icon beside words that say the same, so it is hidden from screen readers. `size` in pixels. */
export const Icon = ({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' || name === 'urgent' ? 2.75 : 1.75}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={drawings[name]} />
  </svg>
)
