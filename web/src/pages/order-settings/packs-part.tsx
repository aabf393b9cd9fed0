import Button from 'antd/es/button';
import { useState } from 'react';
import type { OrderSettingsView, PolicyPack } from '../../../../src/orders/schema.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { ChoosePart } from './choose-part.tsx';
import { limitWords } from './limit-words.ts';
import { PackDrawer } from './pack-drawer.tsx';
import { settingsText } from './settings-text.ts';
import { VersionsButton } from './versions-button.tsx';

/** Which pack an order gets; the packs in force and those of earlier days, with the text each follows. */
export function PacksPart({ settings }: { settings: OrderSettingsView }) {
  const t = useWords(settingsText);
  const lang = useLanguage((s) => s.lang);
  const { policies, catalogue, extensionApprovers } = settings;
  const approvers = extensionApprovers.map((some) => some.map((each) => each[lang]).join('/'));
  const [open, setOpen] = useState<PolicyPack | null>(null);
  const packs = policies.body.packs.toSorted((a, b) => b.version - a.version);
  return (
    <>
      <div className="settings-bar">
        <span className="faint">{t.packsHelp}</span>
        <VersionsButton kind="policies" inForce={policies} catalogue={catalogue} />
      </div>
      <div className="settings-scroll">
        <ChoosePart policies={policies} catalogue={catalogue} />
        <div className="settings-packs">
          {packs.map((pack) => (
            <section className="card" key={`${pack.id}@${pack.version}`}>
              <h2>{pack.title}</h2>
              <p className="soft num">
                {pack.id}@{pack.version} · {t.inForce(pack.from, pack.until ?? '')}
              </p>
              <p className="faint">{pack.source}</p>
              <dl>
                {Object.entries(pack.limits).map(([kind, limit]) => (
                  <div key={kind}>
                    <dt>{t.limits[kind] ?? kind}</dt>
                    <dd className="num">{limitWords(limit, t.units)}</dd>
                  </div>
                ))}
              </dl>
              <p>{t.extensions(pack.extensions, approvers)}</p>
              <p className="faint">{t.rules(pack.rules.length)}</p>
              {pack.until === undefined && (
                <Button size="small" onClick={() => setOpen(pack)}>
                  {t.newVersion}
                </Button>
              )}
            </section>
          ))}
        </div>
      </div>
      {open !== null && (
        <PackDrawer pack={open} policies={policies} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
