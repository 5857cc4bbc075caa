#!/bin/sh
# The end of every image: what is only needed to build goes, and with it what the building machine
# said about its package sources; so do names of users, of which the sandbox shows none.
set -eu
[ -e /opt/viscoder/bin/python3 ] || { mkdir -p /opt/viscoder/bin; ln -s /usr/bin/python3 /opt/viscoder/bin/python3; }
if command -v fc-cache >/dev/null; then
    # Copying keeps whole seconds, and a folder that is not as old as its cache is read anew by every run.
    find /usr/share/fonts -type d -exec touch -d 2020-01-01 {} +
    fc-cache --force
fi
rm -rf /machine /opt/viscoder/lib/python3*/site-packages/pip /opt/viscoder/bin/pip* \
    /var/lib/apt/lists /var/cache/apt /var/cache/debconf /var/log /root /home /boot /srv /media /mnt \
    /usr/share/doc /usr/share/man /usr/share/info /usr/share/locale /usr/share/lintian /usr/share/bug \
    /etc/apt /etc/passwd* /etc/group* /etc/shadow* /etc/gshadow* /etc/subuid* /etc/subgid*
find / -xdev -perm /6000 -type f -exec chmod a-s {} +
mkdir -p /viscoder/harness /viscoder/work
