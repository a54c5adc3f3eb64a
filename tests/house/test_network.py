"""Tests reach this machine and nothing else."""

import socket

import pytest


def test_a_connection_that_leaves_the_machine_fails():
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_a_name_look_up_fails():
    with pytest.raises(RuntimeError, match="example"):
        socket.getaddrinfo("www.example.org", 443)
