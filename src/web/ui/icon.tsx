// Icons of the pages; decoration only.
/** Line drawings on a 24 × 24 grid; decoration only, the words beside them carry the meaning. */
const PATHS = {
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.500 9.500h17M3.500 14.500h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  bell: 'M12 3.500a5.500 5.500 0 0 0-5.500 5.500c0 5-2 6.500-2 8h15c0-1.500-2-3-2-8A5.500 5.500 0 0 0 12 3.500M10 20a2 2 0 0 0 4 0',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500',
  screen: 'M3.500 5h17v11h-17zM9 20h6M12 16v4',
  keyboard: 'M2.500 6h19v12h-19zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7.500 14h9',
  back: 'M19 12H5M11 6l-6 6 6 6',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M12 7.500V12l3 2',
  harbour: 'M12 3.500v17M12 3.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.500 11h9M4 14c.5 4 4 6.500 8 6.500s7.500-2.500 8-6.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6',
  alert: 'M12 4L2.500 20h19zM12 10v4.500M12 17.200v.1',
  cross: 'M6 6l12 12M18 6L6 18',
  quote: 'M5 16c3-1 3.500-3.500 3.500-8H5v5h2M14 16c3-1 3.500-3.500 3.500-8H14v5h2',
  reply: 'M10 6l-6 5.500L10 17v-3.500c5 0 8 1 10 4.500 0-6-3.500-9.500-10-9.500z',
  note: 'M5 4h14v10l-5 6H5zM14 20v-6h5M8.500 8.500h7M8.500 12h4',
  more: 'M5.500 12h1M11.500 12h1M17.500 12h1',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  merge: 'M6 4v4c0 4 6 3 6 7v5M18 4v4c0 4-6 3-6 7M9 17l3 3 3-3',
  transfer: 'M4 8.500h14M14.500 5l3.500 3.500L14.500 12M20 15.500H6M9.500 12L6 15.500L9.500 19',
  snooze: 'M12 5.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15M9.500 10.500h5l-5 5h5M4 6l3-2.500M20 6l-3-2.500',
  rail: 'M3.500 5h17v14h-17zM14.500 5v14',
  eye: 'M2.500 12c2-4 5.500-6.500 9.500-6.500s7.500 2.500 9.500 6.500c-2 4-5.500 6.500-9.500 6.500S4.500 16 2.500 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M4 20L20 4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="#0a6a5c" />
      <path
        d="M6 18c3 0 3-6 6.500-6s3.500 9 7 9 3.500-5 6.500-5"
        fill="none"
        stroke="#ffd9a0"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
