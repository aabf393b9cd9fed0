import { words } from '../../text/words.ts';

/** Words of the calendars of working days. */
export const calendarsText = words(
  {
    help: '导入国务院办公厅放假通知（JSON，每年一份）；更正后的通知重新导入即可。',
    take: '导入日历',
    noNotice: (file: string, where: string) =>
      `${file} 不是放假通知文件${where === '' ? '' : `（问题在 ${where}）`}：应含 year 与 days（date、isOffDay）。`,
    noticeOf: (year: number) => `${year} 年放假通知`,
    firstNotice: '该年份首次导入',
    replaces: (n: number) => `将替换第 ${n} 版`,
    paper: '通知原文',
    dayChanges: (n: number) => `将改变 ${n} 天`,
    noDayChanges: '与现行日历一致，没有变化。',
    clocksKeep: '已在计时的工单保持原期限，新的时限按新日历计算。',
    faults: {
      twice: '同一天出现两次：',
      'other-year': '日期不属于该年份：',
      'nothing-off': '该年份没有任何放假日。',
    },
    works: '上班',
    rests: '放假',
    changeDay: '更改一天',
    changeDayOf: (year: number) => `更改 ${year} 年的一天`,
    day: '日期',
    dayName: '名称（可不填）',
    daysOff: (n: number) => `放假 ${n} 天`,
    makeUp: (n: number) => `调休上班 ${n} 天`,
  },
  {
    help: 'Import the official notice on days off (JSON, one a year); a corrected one replaces it.',
    take: 'Import a calendar',
    noNotice: (file: string, where: string) =>
      `${file} is no notice${where === '' ? '' : ` (look at ${where})`}: it needs year and days (date, isOffDay).`,
    noticeOf: (year: number) => `Days off of ${year}`,
    firstNotice: 'The first one of its year',
    replaces: (n: number) => `Replaces version ${n}`,
    paper: 'Notice',
    dayChanges: (n: number) => `${n} days change`,
    noDayChanges: 'The same as the calendar in force: nothing changes.',
    clocksKeep: 'Clocks that run keep their ends; new limits go by the new calendar.',
    faults: {
      twice: 'A day is there twice:',
      'other-year': 'A day of quite another year:',
      'nothing-off': 'There is no day off in that year.',
    },
    works: 'working day',
    rests: 'day off',
    changeDay: 'Change a day',
    changeDayOf: (year: number) => `Change a day of ${year}`,
    day: 'Day',
    dayName: 'Name (if any)',
    daysOff: (n: number) => `${n} days off`,
    makeUp: (n: number) => `${n} make-up days`,
  },
);
