"""On what kind of file system a folder lies: SQLite's locks do not hold on a network share."""

from pathlib import Path

# As /proc/self/mountinfo names them; FUSE says what is behind it ("fuse.sshfs").
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "glusterfs", "lustre"}
_NETWORK_FUSE = {"fuse.sshfs", "fuse.glusterfs", "fuse.davfs", "fuse.rclone", "fuse.s3fs"}
_MOUNTS = Path("/proc/self/mountinfo")


def network_file_system(folder: Path) -> str | None:
    """Return the kind of network file system that the folder lies on ("nfs4"), or None.

    None also where the system does not say: only Linux does.
    """
    kind = _kind(folder.absolute())
    return kind if kind in _NETWORK | _NETWORK_FUSE else None


def _kind(folder: Path) -> str | None:
    real = folder.resolve()
    best: tuple[int, str] | None = None
    for line in _MOUNTS.read_text("utf-8", "replace").splitlines() if _MOUNTS.exists() else ():
        # 36 35 98:0 /root /mount/point options - type source options (proc(5))
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        if (real == point or point in real.parents) and (
            best is None or len(point.parts) >= best[0]
        ):
            best = len(point.parts), after.split()[0]
    return best[1] if best else None
