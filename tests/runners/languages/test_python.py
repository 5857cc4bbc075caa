"""Python programs as people write them: what they show, save, film and close is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from runners.base import Program, Run, Severity, Verdict
from runners.harness import look
from runners.runner import SandboxedRunner

BEGIN = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
BLUE = tuple(bytes.fromhex(look.COLOURS[0].lstrip("#")))


async def drawn(runner: SandboxedRunner, folder: Path, source: str) -> Run:
    run = await runner.run(Program(source, "python"), folder)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    return run


def pixels(path: Path, colour: tuple[int, ...]) -> int:
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(picture.width * picture.height) or []
    return sum(count for count, found in colours if max(abs(int(a) - b) for a, b in zip(found, colour, strict=True)) < 40)  # type: ignore[arg-type]  # fmt: skip


ARROWS = [
    'ax.annotate("", (1, 1), (0, 0), arrowprops=dict(arrowstyle="->", lw=9))',
    "ax.add_patch(plt.Circle((0.5, 0.5), 0.4, fill=False, lw=9))",
    'ax.add_patch(plt.Rectangle((0.1, 0.1), 0.8, 0.8, fill=False, hatch="//", lw=9))',
    'ax.bar([0.5], [1], hatch="x", fill=False, lw=9)',
]  # fmt: skip


@pytest.mark.parametrize("shape", ARROWS)
async def test_what_is_made_of_its_edge_alone_is_seen(warm_runner: SandboxedRunner, tmp_path: Path, shape: str) -> None:  # fmt: skip
    run = await drawn(warm_runner, tmp_path, f"{BEGIN}ax.axis('off')\n{shape}\nplt.show()")
    assert pixels(run.pictures[0].path, (0x33, 0x33, 0x33)) > 2_000


async def test_bars_and_slices_that_touch_are_parted(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    bars = "ax.axis('off')\nax.bar([0, 1], [1, 1], width=1, color='blue', lw=9)\nax.margins(0)"
    slices = "ax.pie([1, 1], colors=['blue', 'blue'], wedgeprops=dict(lw=9))\nax.axis('equal')"
    for number, touching in enumerate((bars, slices)):
        run = await drawn(warm_runner, tmp_path / str(number), f"{BEGIN}{touching}\nplt.show()")
        with Image.open(run.pictures[0].path) as picture:
            row = picture.convert("RGB").crop((0, picture.height // 2, picture.width, picture.height // 2 + 1))  # fmt: skip
            column = picture.convert("RGB").crop((picture.width // 2, 0, picture.width // 2 + 1, picture.height))  # fmt: skip
        across = bytes(row.tobytes()) if number == 0 else bytes(column.tobytes())
        colours = [across[at : at + 3] for at in range(0, len(across), 3)]
        runs = [one for at, one in enumerate(colours) if at == 0 or colours[at - 1] != one]
        assert runs.count(b"\x00\x00\xff") == 2


async def test_each_bar_keeps_the_edge_that_the_program_gives_it(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    edges = "import numpy as np\nax.axis('off')\nax.bar([0, 1], [1, 1], color=np.ones((2, 3)), edgecolor=np.array([[1, 0, 0], [1, 0, 0]]), lw=9)"
    run = await drawn(warm_runner, tmp_path, f"{BEGIN}{edges}\nplt.show()")
    assert pixels(run.pictures[0].path, (255, 0, 0)) > 9_000


async def test_a_picture_saved_to_a_buffer_can_be_read_again(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    read = "import io\nfrom PIL import Image\nbuffer = io.BytesIO()\nax.plot([1, 3, 2])\nfig.savefig(buffer, dpi=50)\nprint(Image.open(buffer).size)"
    run = await drawn(warm_runner, tmp_path, BEGIN + read)
    assert run.stdout == "(400, 250)\n" and len(run.pictures) == 1


async def test_what_goes_into_a_buffer_is_a_picture_only_where_there_is_no_other(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    helper = "import io\nimport matplotlib.pyplot as plt\nfrom matplotlib.figure import Figure\nfor name in ('one', 'two'):\n    part = Figure()\n    part.text(0.2, 0.5, name)\n    part.savefig(io.BytesIO(), facecolor='red')\n"
    run = await drawn(warm_runner, tmp_path / "alone", helper)
    assert len(run.pictures) == 2 and {"one", "two"} <= set(run.texts)
    assert pixels(run.pictures[0].path, (255, 0, 0)) > 4_000
    for number, whole in enumerate(("fig.savefig('whole.png')\nplt.close('all')", "plt.show()", "part.savefig('two.png')\nplt.close('all')")):  # fmt: skip
        source = (
            f"{helper}fig, ax = plt.subplots()\nax.plot([1, 3, 2])\nax.set_title('whole')\n{whole}"
        )
        run = await drawn(warm_runner, tmp_path / str(number), source)
        assert len(run.pictures) == 1 and ("two" if number == 2 else "whole") in run.texts
        assert "one" not in run.texts


async def test_more_pictures_than_are_kept_are_told(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    loop = "import matplotlib.pyplot as plt\nplt.rcParams['figure.max_open_warning'] = 0\nfor n in range(27):\n    plt.figure(figsize=(2, 1)).text(0.1, 0.5, f'no. {n}')\nplt.show()"
    run = await drawn(warm_runner, tmp_path, loop)
    assert len(run.pictures) == 20 and "no. 19" in run.texts
    (told,) = run.diagnostics
    assert told.message == "27 pictures were drawn; the first 20 are kept"
    assert told.severity is Severity.WARNING


async def test_a_saved_file_can_be_read_again(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    read = "ax.plot([1, 3, 2])\nfig.savefig('line.png')\nfig.savefig('line.svg')\nprint(plt.imread('line.png').ndim, open('line.svg').read(5))"
    run = await drawn(warm_runner, tmp_path, BEGIN + read)
    assert run.stdout == "3 <?xml\n" and len(run.pictures) == 1


async def test_a_folder_that_is_not_there_costs_no_picture(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    await drawn(warm_runner, tmp_path, f"{BEGIN}ax.plot([1, 3, 2])\nfig.savefig('/nowhere/a.png')")


async def test_a_figure_that_goes_on_after_it_was_saved_is_two_pictures(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    more = "ax.plot([1, 3, 2])\nfig.savefig('one.png')\nax.set_title('and then')\nfig.savefig('two.png')\nplt.show()"
    run = await drawn(warm_runner, tmp_path, BEGIN + more)
    assert len(run.pictures) == 2 and "and then" in run.texts


async def test_figures_saved_and_closed_one_by_one_are_all_drawn(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    loop = "import gc\nimport matplotlib.pyplot as plt\nfor n in range(4):\n    fig, ax = plt.subplots()\n    ax.bar([1], [n + 1])\n    ax.set_title(f'no. {n}')\n    fig.savefig(f'{n}.png')\n    plt.close(fig)\n    del fig, ax\n    gc.collect()\n"
    run = await drawn(warm_runner, tmp_path, loop)
    assert len(run.pictures) == 4 and {f"no. {n}" for n in range(4)} <= set(run.texts)


LIVE = """\
for n in range(30):
    ax.clear()
    ax.plot(range(n))
    ax.set_title(f"step {n}")
    plt.pause(5)  # longer than a run may be
"""


@pytest.mark.parametrize("ends", ["plt.show()", "plt.close()", ""])
async def test_a_live_plot_is_drawn_as_it_ends(warm_runner: SandboxedRunner, tmp_path: Path, ends: str) -> None:  # fmt: skip
    run = await drawn(warm_runner, tmp_path, f"{BEGIN}{LIVE}{ends}")
    assert len(run.pictures) == 1 and "step 29" in run.texts


FILM = """\
from matplotlib.animation import FuncAnimation
line, = ax.plot([], [], lw=20)
ax.set(xlim=(0, 9), ylim=(0, 9))
def frame(n):
    line.set_data(range(n + 1), range(n + 1))
    ax.set_title(f"frame {n}")
    return line,
film = FuncAnimation(fig, frame, 10, blit=True)
"""


@pytest.mark.parametrize("ends", [
    "plt.show()",
    "film.save('film.gif', writer='pillow')",
    "film.save('film.gif', writer='pillow')\nplt.close(fig)",
    "html = film.to_jshtml()",
])  # fmt: skip
async def test_a_film_is_drawn_at_its_last_frame(warm_runner: SandboxedRunner, tmp_path: Path, ends: str) -> None:  # fmt: skip
    run = await drawn(warm_runner, tmp_path, f"{BEGIN}{FILM}{ends}")
    assert len(run.pictures) == 1 and "frame 9" in run.texts
    assert pixels(run.pictures[0].path, BLUE) > 5_000


async def test_a_flick_book_is_drawn_at_its_last_leaf(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    book = "from matplotlib.animation import ArtistAnimation\nax.axis('off')\nleaves = [[ax.text(0.2, 0.5, str(n), color=colour, size=200)] for n, colour in enumerate(('red', 'lime', 'blue'))]\nfilm = ArtistAnimation(fig, leaves)\nplt.show()"
    run = await drawn(warm_runner, tmp_path, BEGIN + book)
    found = [pixels(run.pictures[0].path, colour) > 1_000 for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255))]  # fmt: skip
    assert found == [False, False, True]


async def test_a_picture_that_matplotlib_did_not_make_is_taken(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    own = "import os\nfrom PIL import Image\nos.makedirs('made')\npaper = Image.new('RGB', (60, 40), 'white')\npaper.paste((255, 0, 0), (10, 10, 30, 30))\npaper.save('made/red.jpg', quality=95)"
    run = await drawn(warm_runner, tmp_path, own)
    assert pixels(run.pictures[0].path, (255, 0, 0)) > 300


async def test_the_paper_that_is_said_when_saving_is_kept(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    dark = f"{BEGIN}ax.axis('off')\nax.text(0, 0, 'white', color='white')\nfig.savefig('dark.png', facecolor='black')"
    run = await drawn(warm_runner, tmp_path, dark)
    with Image.open(run.pictures[0].path) as picture:
        assert picture.convert("RGB").getpixel((0, 0)) == (0, 0, 0)


async def test_a_box_plot_tells_where_its_boxes_are(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    boxes = "box = ax.boxplot([1, 2, 3, 4, 5])['boxes'][0]\nbox.set_facecolor('red')\nprint(len(box.get_xdata()), min(box.get_ydata()), max(box.get_ydata()))\nplt.show()"
    run = await drawn(warm_runner, tmp_path, BEGIN + boxes)
    assert run.stdout == "5 2.0 4.0\n"


IMAGE = "ax.imshow([[0, 0], [0, 0]], aspect='auto', cmap='binary', vmin=-1, vmax=0)\n"


@pytest.mark.parametrize(("source", "lines"), [
    (f"{IMAGE}", 0),
    (f"{IMAGE}ax.grid(True, color='red', lw=5)", 1),
    ("ax.plot([1, 2], lw=0)\nax.grid()\nplt.setp(ax.get_xgridlines() + ax.get_ygridlines(), color='red', lw=5)", 1),
    ("ax.plot([1, 2], lw=0)\nax.grid(False)\nplt.setp(ax.get_ygridlines(), color='red', lw=5)", 0),
])  # fmt: skip
async def test_a_grid_is_where_it_is_asked_for(warm_runner: SandboxedRunner, tmp_path: Path, source: str, lines: int) -> None:  # fmt: skip
    run = await drawn(warm_runner, tmp_path, f"{BEGIN}{source}\nplt.show()")
    assert (pixels(run.pictures[0].path, (255, 0, 0)) > 9_000) == bool(lines)
    with Image.open(run.pictures[0].path) as picture:
        middle = picture.convert("L").crop((picture.width // 2, 60, picture.width // 2 + 1, picture.height - 90))  # fmt: skip
    assert lines or len(set(middle.tobytes())) == 1


async def test_words_in_space_are_not_cut(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    space = "import matplotlib.pyplot as plt\nax = plt.figure().add_subplot(projection='3d')\nax.text2D(0.5, 1.08, 'top', color='red', size=30, transform=ax.transAxes)\nax.text(0, 0, 1.3, 'above', 'z', color='blue', size=20)\nplt.show()"
    run = await drawn(warm_runner, tmp_path, space)
    with Image.open(run.pictures[0].path) as picture:
        edge = picture.convert("RGB").crop((0, 0, picture.width, 3)).getcolors()
    assert edge is not None and len(edge) == 1


async def test_titles_side_by_side_do_not_run_into_each_other(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    three = "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(1, 3)\nfor ax, colour in zip(axes, ('red', 'lime', 'blue')):\n    ax.set_title('Sales of the year', color=colour)\n    ax.axis('off')\nplt.show()"
    run = await drawn(warm_runner, tmp_path, three)
    with Image.open(run.pictures[0].path) as picture:
        red, green, blue = (ink(picture, colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255)))  # fmt: skip
    assert red[2] < green[0] and green[2] < blue[0]


def ink(picture: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The box around what has nearly a colour."""
    near = [band.point([255 if abs(value - wanted) < 60 else 0 for value in range(256)]) for band, wanted in zip(picture.convert("RGB").split(), colour, strict=True)]  # fmt: skip
    box = ImageChops.darker(ImageChops.darker(near[0], near[1]), near[2]).getbbox()
    assert box is not None
    return box


async def test_each_page_of_a_document_is_a_picture(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    pages = "import matplotlib.pyplot as plt\nfrom matplotlib.backends.backend_pdf import PdfPages\nwith PdfPages('all.pdf') as pdf:\n    for n in range(3):\n        plt.figure()\n        plt.plot([n, 1])\n        pdf.savefig()\n        plt.close()\nprint(open('all.pdf', 'rb').read().count(b'/Type /Page '))"
    run = await drawn(warm_runner, tmp_path, pages)
    assert len(run.pictures) == 3 and run.stdout == "3\n"


MOVED = [
    ("fig, axes = plt.subplots(2, 2)", True),
    ("fig, axes = plt.subplots(3, 1, figsize=(5, 4))", True),
    ("fig, axes = plt.subplots(2, 2)\nfig.subplots_adjust(hspace=0.1)", False),
    ("fig, axes = plt.subplots(2, 2, gridspec_kw={'hspace': 0.1})", False),
    ("fig = plt.figure()\naxes = np.array([fig.add_axes([0.1, 0.1, 0.8, 0.5]), fig.add_axes([0.1, 0.5, 0.8, 0.4])])", False),
    ("fig, axes = plt.subplots(1, 2, figsize=(14, 4))", False),
    ("fig, axes = plt.subplots(2, 2)\ntwin = axes[0, 0].twinx()", True),
    ("fig, axes = plt.subplots(1, 1)\naxes = np.array([axes, axes.twinx()])", False),
    ("fig, axes = plt.subplots(1, 1)\naxes = np.array([axes])", False),
]  # fmt: skip


@pytest.mark.parametrize(("made", "moved"), MOVED)
async def test_axes_that_run_into_each_other_are_moved_apart_unless_they_were_laid_out(
    runner: SandboxedRunner, tmp_path: Path, made: str, moved: bool
) -> None:
    source = (
        f"import numpy as np\nimport matplotlib.pyplot as plt\n{made}\n"
        "for ax in axes.flat:\n    ax.plot([1, 2])\n    ax.set(title='sold', xlabel='day', ylabel='pieces')\n"
        "places = [ax.get_position().bounds for ax in axes.flat]\n"
        "fig.savefig('a.png')\n"
        "print(places != [ax.get_position().bounds for ax in axes.flat])\n"
    )
    assert (await drawn(runner, tmp_path, source)).stdout.strip() == str(moved)
