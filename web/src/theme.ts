import type { ThemeConfig } from 'antd';

/** The console's colours: ink on paper, one civic blue. Set once here, read everywhere else. */
export const ink = {
  paper: '#F6F7F9',
  card: '#FFFFFF',
  wash: '#EFF2F6',
  line: '#E1E5EB',
  lineStrong: '#CBD2DC',
  text: '#18212E',
  soft: '#4A5566',
  faint: '#5D6876',
  accent: '#1D4F91',
  accentDeep: '#163E73',
  accentWash: '#EAF0F8',
  good: '#1E7448',
  warn: '#A85A00',
  alert: '#C2332B',
  alertWash: '#FBEEEC',
} as const;

/** One colour per state; the shape that goes with it is drawn by `StateMark`. */
export const stateInk = {
  ready: '#2B8A5A',
  ringing: '#D97706',
  talking: '#1D4F91',
  hold: '#7C5CBF',
  'wrap-up': '#0E8A94',
  'not-ready': '#8A6D3B',
  rest: '#B59A6A',
  offline: '#9AA3AF',
  alert: '#C2332B',
} as const;
export type Mark = keyof typeof stateInk;

/** The wall hangs in a hall: the same hues, lifted for a dark ground. */
export const wallInk = {
  ground: '#0C121C',
  card: '#131C2A',
  line: '#243044',
  text: '#EEF2F7',
  soft: '#A9B6C8',
  good: '#4CC38A',
  warn: '#F5A83D',
  alert: '#FF6B61',
  accent: '#6FA8F0',
  ready: '#4CC38A',
  ringing: '#F5A83D',
  talking: '#6FA8F0',
  hold: '#A98BE8',
  'wrap-up': '#3FBFC9',
  'not-ready': '#C2A063',
  rest: '#D9C29A',
  offline: '#4A576B',
} as const;

export const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** antd in our ink. */
export const antdTheme: ThemeConfig = {
  token: {
    colorPrimary: ink.accent,
    colorInfo: ink.accent,
    colorLink: ink.accent,
    colorLinkHover: ink.accentDeep,
    colorSuccess: ink.good,
    colorWarning: ink.warn,
    colorError: ink.alert,
    colorTextBase: ink.text,
    colorTextSecondary: ink.soft,
    colorTextTertiary: ink.faint,
    colorTextPlaceholder: ink.faint,
    colorTextDescription: ink.faint,
    colorBgLayout: ink.paper,
    colorBorder: ink.lineStrong,
    colorBorderSecondary: ink.line,
    borderRadius: 6,
    borderRadiusLG: 6,
    borderRadiusSM: 4,
    fontFamily,
    fontSize: 14,
    controlHeight: 32,
    sizeUnit: 4,
    sizeStep: 4,
    motionDurationFast: '0.08s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.15s',
    boxShadow: '0 8px 24px rgba(24,33,46,.10)',
    boxShadowSecondary: '0 8px 24px rgba(24,33,46,.10)',
    wireframe: false,
    colorBgMask: 'rgba(24,33,46,.18)',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Form: { itemMarginBottom: 16, labelColor: ink.soft, verticalLabelPadding: '0 0 4px' },
    Tabs: { titleFontSize: 14, horizontalItemGutter: 24 },
    Modal: { titleFontSize: 16 },
    Segmented: { trackBg: ink.wash, itemSelectedBg: ink.card },
  },
};
