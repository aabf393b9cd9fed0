import type { Lang } from '../../text/words.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const units = { zh: ['天', '小时', '分钟'], en: ['d', 'h', 'm'] } as const;

/** A time that is counted in days: `3天4小时`, `4小时12分钟`, `12分钟`; in English `3d 4h`. */
export function longSpan(ms: number, lang: Lang): string {
  const [day, hour, minute] = units[lang];
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  const parts =
    days > 0
      ? [`${days}${day}`, hours > 0 ? `${hours}${hour}` : '']
      : [
          hours > 0 ? `${hours}${hour}` : '',
          minutes > 0 || hours === 0 ? `${minutes}${minute}` : '',
        ];
  return parts.filter((part) => part !== '').join(lang === 'zh' ? '' : ' ');
}
