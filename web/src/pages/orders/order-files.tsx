import type { OrderView } from '../../../../src/orders/schema.ts';
import { formOf, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { FileButton } from '../../parts/file-button.tsx';
import { useTry } from '../../parts/said.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { ordersText } from './orders-text.ts';

/** Photos and papers of an order; on a telephone the camera is one tap away. */
export function OrderFiles({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const attempt = useTry();
  const path = `/orders/${encodeURIComponent(order.id)}/files`;
  const send = (file: File) =>
    attempt(async () => {
      queryClient.setQueryData(['order', order.id], await post<OrderView>(path, formOf(file)));
    });
  return (
    <section className="card order-card">
      <h2>{t.files}</h2>
      {order.files.length === 0 ? (
        <p className="faint">{t.noFiles}</p>
      ) : (
        <ul className="order-files">
          {order.files.map((file) => (
            <li key={file.id}>
              <a href={`/api${path}/${file.id}`} target="_blank" rel="noreferrer">
                {file.name}
              </a>
              <span className="faint num">
                {sizeOf(file.bytes)} · {file.person} · {moment(file.at, serverNow())}
              </span>
            </li>
          ))}
        </ul>
      )}
      {order.mayAttach && (
        <>
          <p className="faint">{t.fileHelp}</p>
          <FileButton
            label={t.addFile}
            size="small"
            accept="image/*,application/pdf,audio/*,video/mp4"
            onFile={send}
          />
        </>
      )}
    </section>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
