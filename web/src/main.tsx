import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyInk } from './apply-ink.ts';
import { useLanguage } from './text/language.ts';
import './base.css';

applyInk(document.documentElement);
useLanguage.getState().change(useLanguage.getState().lang);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
