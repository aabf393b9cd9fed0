import { QueryClientProvider } from '@tanstack/react-query';
import ConfigProvider from 'antd/es/config-provider';
import en from 'antd/es/locale/en_US';
import zh from 'antd/es/locale/zh_CN';
import { whenSignedOut } from './net/api.ts';
import { queryClient } from './net/queries.ts';
import { Toasts } from './parts/toasts.tsx';
import { SessionGate } from './session-gate.tsx';
import { common } from './text/common.ts';
import { useLanguage, useWords } from './text/language.ts';
import { antdTheme } from './theme.ts';

whenSignedOut(() => {
  if (queryClient.getQueryData(['me'])) queryClient.setQueryData(['me'], null);
});

export function App() {
  const lang = useLanguage((s) => s.lang);
  const t = useWords(common);
  return (
    <ConfigProvider
      theme={antdTheme}
      locale={lang === 'zh' ? zh : en}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={queryClient}>
        <SessionGate />
        <Toasts closeLabel={t.close} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
