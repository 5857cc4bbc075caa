"""What diagrams are about: steps, questions, messages, actors, states, events."""

from __future__ import annotations

import random

from viscoder_tui.training.synthesize import words


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_ACTIONS = _split("start, login, check password, send email, show error, open door, boil water, add tea, wait, drink, read book, write code, run tests, deploy, fix bug, review, merge, pay, ship order, pack box, choose item, add to cart, checkout, confirm, cancel, retry, save file, load data, clean data, train model, evaluate, report, sign contract, order parts, build, paint, inspect, plan, design, measure, cut, mix, bake, cool, serve, wake up, brush teeth, eat breakfast, go to work, have lunch, go home, sleep, plug in, turn on, charge, scan ticket, take seat, watch film, leave, ask question, answer, submit form, approve, reject, notify user, archive, print label, scan code, log out, get up, make coffee, receive order, prepare, end, finish, stop, lint, test, publish, lock, unlock, back order, order received, lamp broken, replace bulb, shower, breakfast, bus, application received, interview, offer, hired")  # fmt: skip
_VERBS = _split("send, check, open, close, read, write, buy, sell, clean, fill, empty, update, print, scan, pack, ship, load, save, review, approve, collect, sort, wash, dry, cut, peel, fry, call, ask, tell, visit, count, weigh, record, upload, download, install, configure, start, stop, restart, test, repair, replace, order, deliver, return, sign, file, archive, copy, paste, draw, paint, build, water, feed, heat, cool, mix, serve, book, cancel, confirm, enter, validate, create, delete, measure, plan, schedule, register, assign, escalate, close, notify")  # fmt: skip
_OBJECTS = _split("invoice, order, parcel, ticket, email, form, report, file, data, code, bug, test, server, database, user, customer, supplier, patient, student, teacher, book, letter, photo, video, room, door, window, lamp, car, bike, train, flight, hotel, table, meal, soup, cake, dough, onions, rice, water, plants, dog, cat, box, shelf, stock, payment, refund, contract, budget, meeting, agenda, minutes, password, account, message, request, results, sample, model, device, battery, cable, filter, engine, tyre, roof, wall, paint, garden, seeds, label, address, list, key, card, PIN, cash")  # fmt: skip
_QUESTIONS = _split("password ok, is it raining, valid, approved, tests pass, enough money, in stock, done, user exists, hungry, error, is it open, ready, more items, tired, is it hot, paid, found, online, passed, correct, empty, age over 18, weekend, plugged in, bulb burned out, all good, anything left, logged in, is it Monday, too late, any questions, is the light on, does it work, have a key, is it full, over budget, file exists, first visit")  # fmt: skip
_MESSAGES = _split("hello, login, request file, send file, asks for data, returns data, query, result, order, invoice, payment, receipt, ping, pong, question, answer, confirm, ok, error, get user, user data, save, saved, open connection, accept, close, book ticket, ticket, greeting, reply, token, validate, thanks, request, response, click, show page, update, notify, GET /home, 200 OK, rows, insert card, verify PIN, approved, dispense cash, hi there, menu please, search, POST /login, 404, SELECT users, heartbeat, ack, price list, good morning, confirmation")  # fmt: skip
_ACTORS = _split("Alice, Bob, Carol, Client, Server, Database, User, Browser, API, Customer, Shop, Bank, Waiter, Kitchen, Guest, Teacher, Student, Doctor, Patient, App, Cache, Admin, Worker, Queue, Manager, Service, Phone, Mum, Anna, Ben, Device, Cloud, Sensor, Gateway, Cook, ATM, Web, Proxy, Seller, Buyer, Pilot, Tower, Parent, School, Driver, Passenger, Nurse, Lab, Editor, Author, Robot, Host, Router, Frontend, Backend, Auth, Store, Warehouse, Courier")  # fmt: skip
_STATES = _split("idle, running, paused, stopped, open, closed, locked, on, off, waiting, ready, busy, done, failed, green, yellow, red, solid, liquid, gas, draft, review, published, archived, asleep, awake, loading, playing, connected, disconnected, new, paid, shipped, delivered, standby, active, error, empty, full, heating, cooling, queued, printing, egg, larva, pupa, butterfly, seed, sprout, tree, ordered, packed, returned, menu, ringing, walking, flying, landed, submitted, accepted, rejected, blinking, muted, charging, charged")  # fmt: skip
_TRIGGERS = _split("push, pull, turn key, unlock, start, stop, timeout, click, error, reset, retry, pay, cancel, ship, coin, button, heat, cool, freeze, melt, printer free, last page, paper jam, open, close, plug in, unplug, key press, submit, approve, reject, publish, wake, alarm, full, low battery, play, pause, next, done, login, logout, signal, motion, no motion, rain")  # fmt: skip
_EVENTS = _split("moon landing, first flight, web invented, company founded, new office, first product, merger, war ends, book published, train opens, bridge built, election, fire, flood, peace treaty, discovery, first customer, launch, record, anniversary, school opened, first computer, telephone, wheel, printing press, steam engine, radio, television, internet, smartphone, Sputnik, founded, first office, went remote, listed on the exchange, Hubble launch, born, wedding, graduated, first job, moved to Paris, Rome falls, Wright brothers fly, penicillin, Berlin Wall falls, euro introduced, Olympic Games, first store, new logo, bankruptcy, rebranding")  # fmt: skip


def _case(rng: random.Random, name: str) -> str:
    """Typed as it comes, or with a capital."""
    return name[:1].upper() + name[1:]


def cased(rng: random.Random, names: list[str]) -> list[str]:
    """All of them as they are, or all with capitals: who draws a diagram keeps to one."""
    if rng.random() < 0.45:
        return [_case(rng, name) for name in names]
    return names


def _made(rng: random.Random, pool: tuple[str, ...]) -> str:
    chance = rng.random()
    if chance < 0.4:
        return rng.choice(pool)
    if chance < 0.72:
        return f"{rng.choice(_VERBS)} {rng.choice(_OBJECTS)}"
    return words.phrase(rng, 1, 3).replace("&", "and")


def _different(rng: random.Random, pool: tuple[str, ...], count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        name = _made(rng, pool)
        if name.lower() not in {one.lower() for one in found}:
            found.append(name)
    return cased(rng, found)


def steps(rng: random.Random, count: int) -> list[str]:
    """Different things to do."""
    return _different(rng, _ACTIONS, count)


def messages(rng: random.Random, count: int) -> list[str]:
    """Things to say, which may come twice."""
    return cased(
        rng, [_spoken(rng) if rng.random() < 0.2 else _made(rng, _MESSAGES) for _ in range(count)]
    )


def _spoken(rng: random.Random) -> str:
    """A whole sentence, as people say it."""
    form = rng.choice(("got to {v}", "can you {v} the {o}?", "I will {v} the {o}", "time to {v}", "{v} the {o} please", "is the {o} ready?", "the {o} is ready", "see you", "where is the {o}?", "here is the {o}", "no {o} today", "{v} it again", "thanks for the {o}", "{o} not found", "all {o} sent"))  # fmt: skip
    return form.format(v=rng.choice(_VERBS), o=rng.choice(_OBJECTS))


def events(rng: random.Random, count: int) -> list[str]:
    """Different things that happened."""
    return _different(rng, _EVENTS, count)


def questions(rng: random.Random, count: int) -> list[str]:
    """Different questions, without their mark."""
    found: list[str] = []
    while len(found) < count:
        name = rng.choice(_QUESTIONS) if rng.random() < 0.7 else f"{rng.choice(_OBJECTS)} {rng.choice(('ok', 'ready', 'found', 'valid', 'empty', 'there', 'paid'))}"  # fmt: skip
        if name not in found:
            found.append(name)
    return cased(rng, found)


def actors(rng: random.Random, count: int) -> list[str]:
    """Different one-word names."""
    if rng.random() < 0.75:
        return rng.sample(_ACTORS, count)
    found: list[str] = []
    while len(found) < count:
        name = words.any_word(rng)
        if name.isalpha() and name.lower() not in ("end", "note") and name not in found:
            found.append(name)
    return found


def states(rng: random.Random, count: int) -> list[str]:
    """Different one-word states."""
    found: list[str] = []
    while len(found) < count:
        name = rng.choice(_STATES) if rng.random() < 0.75 else words.any_word(rng)
        if name.isalpha() and name.lower() not in ("end", "state") and name.lower() not in {one.lower() for one in found}:  # fmt: skip
            found.append(name)
    return cased(rng, found)


def triggers(rng: random.Random, count: int) -> list[str]:
    """What makes a state change; may come twice."""
    return [
        rng.choice(_TRIGGERS)
        if rng.random() < 0.6
        else f"{rng.choice(_VERBS)} {rng.choice(_OBJECTS)}"
        for _ in range(count)
    ]
