/** Our own icons on a 24 × 24 grid, one stroke each. */
export const iconPaths = {
  desk: 'M4 13v-2a8 8 0 0 1 16 0v2M4 13a2 2 0 0 1 2-2h1v7H6a2 2 0 0 1-2-2zM20 13a2 2 0 0 0-2-2h-1v7h1a2 2 0 0 0 2-2zM17 18c0 2-2 3-4.5 3',
  queues: 'M4 6h10M4 12h14M4 18h7M18 5v3M21 11v3M15 17v3',
  floor: 'M3 5h8v6H3zM13 5h8v10h-8zM3 13h8v6H3zM13 17h8v2h-8z',
  shift: 'M8 4h8v3H8zM16 5.5h3V20H5V5.5h3M8.5 13l2.5 2.5 4.5-5',
  wall: 'M3 5h18v11H3zM9 20h6M12 16v4M7 12l3-3 2 2 4-4',
  calls: 'M4 6h3M10 6h10M4 12h3M10 12h10M4 18h3M10 18h10',
  'call-backs': 'M9 14 4 9l5-5M4 9h9a7 7 0 0 1 7 7v3',
  figures: 'M4 20h16M6.5 20v-6M11 20V9M15.5 20v-9M20 20V5',
  staffing: 'M4 4v16h16M4 15c5 0 5-8 9-8 2 0 3 .5 7 .5M8 18v-3M12 18v-8M16 18V8',
  bulletins: 'M4 9v6h3l7 4V5L7 9zM17.5 9a4 4 0 0 1 0 6M7 15v4h2.5',
  callers:
    'M4 4h16v16H4zM8 9.5a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM7 16c.4-1.8 1.5-2.8 3-2.8s2.6 1 3 2.8M15.5 9H18M15.5 13H18',
  orders: 'M6 4h12v16H6zM9 4V2.5h6V4M9 9h6M9 13h6M9 17h3',
  'order-settings': 'M6 4h12v16H6zM9 8h6M9 12h3M15 12.5v5M12.5 15h5',
  supervision: 'M12 3l9 16H3zM12 9.5v4M12 16.2v.3',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.2.7 3.5 2.8 3.5 5.5',
  seats: 'M6 4h12v8H6zM4 20v-5h16v5M8 15v-3M16 15v-3',
  hotline:
    'M12 3v5M12 8H6v4M12 8h6v4M12 8v4M6 12v3M18 12v3M3.5 15h5v5h-5zM9.5 15h5v5h-5zM15.5 15h5v5h-5zM12 12v3',
  'dispatch-rules':
    'M4 12h6M10 12l4-6h6M10 12h10M10 12l4 6h6M17 3.5 19.5 6 17 8.5M17 15.5l2.5 2.5-2.5 2.5',
  prompts: 'M4 10v4M8 7v10M12 4v16M16 8v8M20 10.5v3',
  audit: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  phone:
    'M6.5 3.5 9 8l-2 2c1 2.5 3.5 5 6 6l2-2 4.5 2.5v3c0 .8-.7 1.5-1.5 1.5C10.5 21 3 13.5 3 6c0-.8.7-1.5 1.5-1.5z',
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  mute: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4M4 4l16 16',
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  close: 'M6 6l12 12M18 6 6 18',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  export: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M4 19h16',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  history: 'M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2',
} as const;
export type IconName = keyof typeof iconPaths;
