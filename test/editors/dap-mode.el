;;; dap-mode.el --- a debug session on a driver model in Emacs, without a display  -*- lexical-binding: t -*-

;; Run by dap-mode.test.ts: emacs --batch -l dap-mode.el -f netdev-lab-session CLI MODEL LINE
;; Prints one line a step, which the test compares.

;;; Code:
(package-initialize)
(require 'cl-lib)
(require 'dap-mode)

(defun netdev-lab-say (format &rest args)
  "Prints what the session did: FORMAT with ARGS."
  (princ (concat (apply #'format format args) "\n")))

(defvar netdev-lab-stops nil "Frames at which the session stopped, newest first.")

(defun netdev-lab-wait (what condition)
  "Waits until CONDITION holds; fails with WHAT after a minute."
  (let ((deadline (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) deadline) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun netdev-lab-ask (session command args)
  "Sends COMMAND with ARGS in SESSION; returns the body of the answer."
  (let (answer)
    (dap--send-message (dap--make-request command args) (lambda (it) (setq answer it)) session)
    (netdev-lab-wait command (lambda () answer))
    (unless (gethash "success" answer) (error "%s: %s" command (gethash "message" answer)))
    (gethash "body" answer)))

(defun netdev-lab-until-stopped (what action)
  "Performs ACTION, waits for the next stop, and says WHAT was done and where it ended."
  (let ((before (length netdev-lab-stops)))
    (funcall action)
    (netdev-lab-wait (concat "a stop after " what) (lambda () (> (length netdev-lab-stops) before)))
    (let ((frame (car netdev-lab-stops)))
      (netdev-lab-say "%s: %s:%d" what (gethash "name" frame) (gethash "line" frame)))))

(defun netdev-lab-session ()
  "One session: breakpoint, threads, stack, variables, step, evaluation, continue, end."
  (cl-destructuring-bind (cli model line) command-line-args-left
    (setq command-line-args-left nil
          dap-breakpoints-file (make-temp-file "breakpoints")
          dap-exception-breakpoints nil
          dap-auto-show-output nil)
    (delete-file dap-breakpoints-file)
    (add-hook 'dap-stack-frame-changed-hook
              (lambda (session)
                (when-let ((frame (dap--debug-session-active-frame session))) (push frame netdev-lab-stops))))
    (find-file model)
    (goto-char (point-min))
    (forward-line (1- (string-to-number line)))
    (dap--breakpoints-changed (list (list :point (point))) (buffer-file-name))
    (netdev-lab-until-stopped
     "breakpoint"
     (lambda ()
       (dap-start-debugging-noexpand
        (list :type "netdev-lab" :request "launch" :name "Netdev Lab" :program (buffer-file-name)
              :workload "smoke" :cpus 2 :dap-server-path (list "node" cli "dap")))))
    (let ((session (dap--cur-session)))
      (mapc (lambda (thread) (netdev-lab-say "thread: %s" (gethash "name" thread)))
            (gethash "threads" (netdev-lab-ask session "threads" nil)))
      (mapc (lambda (scope) (netdev-lab-say "scope: %s" (gethash "name" scope)))
            (gethash "scopes" (netdev-lab-ask session "scopes"
                                              (list :frameId (gethash "id" (car netdev-lab-stops))))))
      (netdev-lab-until-stopped "next" (lambda () (dap-next session)))
      (netdev-lab-say "value: %s"
                      (gethash "result" (netdev-lab-ask session "evaluate"
                                                        (list :expression "dev.name" :context "hover"
                                                              :frameId (gethash "id" (car netdev-lab-stops))))))
      (netdev-lab-until-stopped "step in" (lambda () (dap-step-in session)))
      (netdev-lab-until-stopped "step out" (lambda () (dap-step-out session)))
      (netdev-lab-until-stopped "continue"
                                (lambda () (dap-continue session (dap--debug-session-thread-id session))))
      (dap-disconnect session)
      (netdev-lab-wait "the end" (lambda () (not (dap--session-running session))))
      (netdev-lab-say "state: %s" (dap--debug-session-state session)))))

;;; dap-mode.el ends here
