"""vLLM's offline engine behind JSON lines. It runs in vLLM's own environment, as a file, and uses
nothing of viscoder.

It is started with the engine's arguments as vLLM's server takes them. On stdin comes one object a line,
``{"conversations": [[{"role", "content"}, …], …], "sampling": {…}}``; on stdout goes an object for each
answer, ``{"number", "text", "finish", "prompt_tokens", "cached_tokens", "answer_tokens"}`` or
``{"number", "prompt_tokens", "context"}`` for a conversation that is too long, in the order in which
they are ready, then ``{"done"}``. The first line is ``{"ready"}``. It ends with its stdin.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any


def main() -> None:
    """Answer lines until there are no more."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed goes to the log

    def tell(**event: Any) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    vllm: Any = importlib.import_module("vllm")
    arguments: Any = importlib.import_module("vllm.utils.argparse_utils")
    given = vllm.EngineArgs.add_cli_args(arguments.FlexibleArgumentParser()).parse_args()
    engine = vllm.LLM(**vars(vllm.EngineArgs.from_cli_args(given)))
    tell(ready=True)
    for line in sys.stdin:
        answer(engine, json.loads(line), tell)
        tell(done=True)


def answer(engine: Any, asked: dict[str, Any], tell: Any) -> None:
    """Have all conversations of one line answered, each told once it is ready."""
    vllm: Any = importlib.import_module("vllm")
    reader, inner = engine.get_tokenizer(), engine.llm_engine
    longest = engine.model_config.max_model_len
    for number, conversation in enumerate(asked["conversations"]):
        text = reader.apply_chat_template(conversation, tokenize=False, add_generation_prompt=True)
        tokens = reader.encode(text, add_special_tokens=False)
        room = longest - len(tokens)
        if room < 1:
            tell(number=number, prompt_tokens=len(tokens), context=longest)
            continue
        sampling = vllm.SamplingParams(**asked["sampling"])
        sampling.max_tokens = min(sampling.max_tokens, room)
        inner.add_request(str(number), {"prompt_token_ids": tokens}, sampling)
    while inner.has_unfinished_requests():
        for one in inner.step():
            if one.finished:
                tell(**told(one))


def told(output: Any) -> dict[str, Any]:
    """An answer as it is written on a line."""
    written = output.outputs[0]
    return {
        "number": int(output.request_id),
        "text": written.text,
        "finish": written.finish_reason,
        "prompt_tokens": len(output.prompt_token_ids),
        "cached_tokens": output.num_cached_tokens or 0,
        "answer_tokens": len(written.token_ids),
    }


if __name__ == "__main__":
    main()
