import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { visible } from "../hidden";
import { imageUrl } from "../markdown/url";
import * as texts from "../texts";
import { Button } from "./Button";
import { useTrusted } from "./context";
import { Icon } from "./Icon";
import { Rich } from "./Rich";
import { ROW_LIMIT, Visible } from "./Visible";

interface Props {
  source: string;
  alt: string;
}

/** Nothing is fetched before the reader asks: an address can carry what the agent has seen out of the sandbox. */
export function RemoteImage({ source, alt }: Props): VNode {
  const [state, setState] = useState<"waiting" | "shown" | "failed">("waiting");
  const load = useTrusted(() => setState("shown"));
  const url = imageUrl(source);
  if (url !== null && state === "shown") {
    return (
      <img
        class="sigmic-markdown__image"
        src={url.href}
        alt={visible(alt, true)}
        referrerpolicy="no-referrer"
        onError={() => setState("failed")}
      />
    );
  }
  const text =
    url === null
      ? texts.markdown.imageElsewhere
      : state === "failed"
        ? texts.markdown.imageFailed
        : texts.markdown.imageFrom;
  return (
    <span class="sigmic-remote">
      <Icon name="image" />
      <span>
        <Rich text={text} values={{ host: <strong>{url?.host}</strong> }} />
        {alt !== "" && <Visible prose text={`: ${alt}`} limit={ROW_LIMIT} />}
      </span>
      {url !== null && (
        <Button look="quiet" onClick={load}>
          {texts.markdown.loadImage}
        </Button>
      )}
    </span>
  );
}
